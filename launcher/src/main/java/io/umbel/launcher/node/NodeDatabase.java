package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.StorageRefusal;
import io.umbel.storage.embedded.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Where this node keeps what must outlive it: the PostgreSQL that is configured, or one that it
 * brings along, which starts while the rest of the node does.
 */
public final class NodeDatabase {

  private final CompletableFuture<EmbeddedPostgres> own;
  private final DatabaseUrl url;

  private NodeDatabase(CompletableFuture<EmbeddedPostgres> own, DatabaseUrl url) {
    this.own = own;
    this.url = url;
  }

  /**
   * The one that these settings mean.
   *
   * @param data the directory for what must outlive a restart
   * @throws Refusal if the URL is none
   */
  public static NodeDatabase begin(Settings settings, Path data, boolean needed) {
    if (!needed || !settings.flag(Key.DATABASE)) {
      return new NodeDatabase(null, null);
    }
    if (settings.isGiven(Key.DATABASE_URL)) {
      try {
        return new NodeDatabase(null, DatabaseUrl.of(settings.text(Key.DATABASE_URL)));
      } catch (StorageRefusal e) {
        throw Refusal.database(e);
      }
    }
    var directory = data.resolve("postgres");
    var starting = new CompletableFuture<EmbeddedPostgres>();
    var thread = new Thread(() -> start(directory, starting), "umbel-postgres");
    thread.setDaemon(true);
    thread.start();
    return new NodeDatabase(starting, null);
  }

  /**
   * Waits until it is there, and lets what is deployed here find it.
   *
   * @throws Refusal if there is none to be had
   */
  public void installOn(Vertx vertx) {
    try {
      if (url != null) {
        url.installOn(vertx);
      } else if (own != null) {
        own.join().url().installOn(vertx);
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof StorageRefusal refusal ? Refusal.database(refusal) : e;
    }
  }

  /** Leaves it; a server of its own ends, unless another node uses it. */
  public Future<?> stop() {
    return own == null
        ? Future.succeededFuture()
        : Future.fromCompletionStage(own.thenAcceptAsync(EmbeddedPostgres::stop));
  }

  private static void start(Path directory, CompletableFuture<EmbeddedPostgres> starting) {
    try {
      starting.complete(EmbeddedPostgres.start(directory));
    } catch (RuntimeException e) {
      starting.completeExceptionally(e);
    }
  }
}
