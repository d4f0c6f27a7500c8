package io.umbel.tools.issues.sync;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.sync.SyncRows.End;
import io.umbel.tools.issues.write.IssueEvents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs what is due, a few trackers at a time, each on one instance of all that share the database.
 * What an instance that died had begun goes on elsewhere once its claim has run out.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public final class Syncs {

  private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);
  private static final int AT_ONCE = 3;

  /** A project was taken out of its tracker meanwhile. */
  private static final String GONE = "23503";

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int DOUBLINGS = 7;

  private final Vertx vertx;
  private final SyncSettings settings;
  private final Remotes remotes;
  private final SyncRows rows;
  private final Run.Desk desk;
  private final Rereads rereads;
  private final List<Future<?>> running = new ArrayList<>();
  private long timer;
  private boolean isOver = true;
  private boolean isLooking;
  private boolean isAway;

  public Syncs(Vertx vertx, Pool pool, SyncSettings settings, Remotes remotes, IssueEvents events) {
    this.vertx = vertx;
    this.settings = settings;
    this.remotes = remotes;
    rows = new SyncRows(pool, settings.lease());
    var places = new PlaceRows(pool, settings.sweep());
    var keeper = new Keeper(pool, events);
    desk = new Run.Desk(pool, keeper, rows, places);
    rereads = new Rereads(pool, remotes, keeper);
  }

  /** Begins to look for what is due; until then nothing is done here. */
  public void open() {
    isOver = false;
    timer = vertx.setPeriodic(
        1 + ThreadLocalRandom.current().nextLong(settings.tick().toMillis()),
        settings.tick().toMillis(),
        now -> {
          look();
          reread();
        });
  }

  /** Reads issues anew that somebody knocked for. */
  public void reread() {
    if (!isOver) {
      rereads.look();
    }
  }

  /** Looks now: something may be due. */
  public void look() {
    if (isOver || isLooking || running.size() >= AT_ONCE) {
      return;
    }
    isLooking = true;
    rows.begin()
        .compose(begun -> rows.claim())
        .onComplete(looked -> isLooking = false)
        .onFailure(this::away)
        .onSuccess(claimed -> {
          isAway = false;
          claimed.ifPresent(claim -> {
            start(claim);
            look();
          });
        });
  }

  /** Stops what runs after the page that it is at; other instances go on with it. */
  public Future<?> close() {
    isOver = true;
    vertx.cancelTimer(timer);
    return Future.join(List.copyOf(running)).otherwiseEmpty();
  }

  private void start(Claim claim) {
    var ended = Promise.<Void>promise();
    running.add(ended.future());
    var beat =
        vertx.setPeriodic(Math.max(1, settings.lease().toMillis() / 3), now -> rows.extend(claim));
    remotes
        .of(claim.account(), claim.tracker())
        .compose(remote -> new Run(desk, claim, () -> isOver).go(remote))
        .transform(gone -> {
          vertx.cancelTimer(beat);
          var end = gone.succeeded() ? end(gone.result()) : end(claim, gone.cause());
          return rows.end(claim, end).map(end);
        })
        .onSuccess(end -> log(claim, end))
        .onFailure(this::away)
        .onComplete(done -> {
          running.remove(ended.future());
          ended.complete();
          look();
        });
  }

  private End end(Run.Result result) {
    if (result.failing().isEmpty()) {
      return new End("idle", null, false, spread(settings.interval()));
    }
    return new End("failed", result.failing().get(0).message(), false, spread(settings.interval()));
  }

  private End end(Claim claim, Throwable why) {
    if (why instanceof Run.Stopped || why instanceof Claim.Lost) {
      return new End("queued", null, true, Duration.ZERO);
    }
    if (why instanceof PgException database && GONE.equals(database.getSqlState())) {
      return new End("queued", null, true, settings.tick());
    }
    if (why instanceof Refused refused && refused.code() == ErrorCode.RATE_LIMITED) {
      var wait = refused.details() == null ? 0 : refused.details().getLong("retry_after_ms", 0L);
      var told = Duration.ofMillis(Math.max(1, Math.min(wait, LONGEST_PAUSE.toMillis())));
      return new End("queued", refused.getMessage(), true, told);
    }
    return new End("failed", sentence(claim, why), true, pause(claim.attempts()));
  }

  private static String sentence(Claim claim, Throwable why) {
    if (why instanceof Refused refused) {
      return refused.getMessage();
    }
    LOG.atError()
        .addKeyValue("account", claim.account())
        .addKeyValue("tracker", claim.tracker())
        .setCause(why)
        .log("A sync broke");
    return "The sync broke for a reason of ours: the operator finds it in the log";
  }

  /** Twice as long each time. */
  private static Duration pause(int attempts) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
    return spread(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  /** A tenth more or less, so that not all are due at once. */
  private static Duration spread(Duration pause) {
    var tenth = pause.toMillis() / 10;
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(-tenth, tenth + 1));
  }

  private void log(Claim claim, End end) {
    if (end.state().equals("failed")) {
      LOG.atWarn()
          .addKeyValue("account", claim.account())
          .addKeyValue("tracker", claim.tracker())
          .addKeyValue("reason", end.error())
          .log("A tracker could not be synced");
    }
  }

  private void away(Throwable why) {
    if (!isAway && !isOver) {
      isAway = true;
      LOG.atWarn().setCause(why).log("Syncs cannot be looked for");
    }
  }
}
