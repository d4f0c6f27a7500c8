package io.umbel.tools.issues;

import io.umbel.storage.Vault;
import io.umbel.tools.issues.manage.SyncDesk;
import io.umbel.tools.issues.remote.Remotes;
import io.umbel.tools.issues.sync.SyncSettings;
import io.umbel.tools.issues.sync.Syncs;
import io.umbel.tools.issues.webhook.Webhooks;
import io.umbel.tools.issues.write.IssueEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

/** The copies of trackers on other servers, and all that keeps them as they are there. */
final class Copies {

  private final Syncs syncs;
  private final SyncDesk desk;
  private final long interval;

  /**
   * Copies that are kept by this instance, once it is open.
   *
   * @param interval seconds from one sync of a tracker to the next, 0 for none on this instance;
   *     null for what is usual
   */
  Copies(Vertx vertx, Pool pool, Remotes remotes, IssueEvents events, Long interval) {
    this.interval = interval == null ? SyncSettings.USUAL.interval().toSeconds() : interval;
    var settings = SyncSettings.every(Duration.ofSeconds(Math.max(1, this.interval)));
    syncs = new Syncs(vertx, pool, settings, remotes::of, events);
    var webhooks = new Webhooks(pool, Vault.of(vertx), syncs::reread);
    desk = new SyncDesk(pool, webhooks, syncs::look);
  }

  /** What the REST API asks about them. */
  SyncDesk desk() {
    return desk;
  }

  /** Begins to keep them. */
  void open() {
    if (interval > 0) {
      syncs.open();
    }
  }

  /** Looks now: something may be due. */
  void look() {
    syncs.look();
  }

  /** Stops; others go on with what was begun. */
  Future<?> close() {
    return syncs.close();
  }
}
