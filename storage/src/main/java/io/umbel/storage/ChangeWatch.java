package io.umbel.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others have written, as the database says when it is asked every second: the rows of
 * transactions that were not over when it was asked last. The table has a column {@code changed}
 * with the transaction of its last change, and {@code account}, which is never null.
 *
 * <p>Where the database does not answer, what was read of it before is believed for {@link #TRUST},
 * and no longer than two seconds where others cannot be heard either: whatever they changed could
 * not be told.
 *
 * <p>Belongs to one verticle; whether it is believed may be asked on any thread.
 */
public final class ChangeWatch {

  /** What was read may be used for so long while nobody can say whether it still holds. */
  public static final Duration TRUST = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
  private static final long PAUSE_MILLIS = 1_000;
  private static final long ANSWER_MILLIS = 600;

  /** Later than that, it is this process that stood still, and not the database. */
  private static final long LATE_MILLIS = 300;

  private static final String NOW = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS x";
  private static final String CHANGED = """
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, t.account, %2$s
      FROM (SELECT 1) AS always LEFT JOIN %1$s t ON t.changed >= $1::text::xid8
      """;

  private final Vertx vertx;
  private final Pool pool;
  private final String changes;
  private final Watcher watcher;
  private volatile long confirmed = System.nanoTime();
  private volatile boolean believed = true;
  private volatile boolean closed;
  private volatile Promise<Void> next = Promise.promise();
  private String horizon;
  private long timer;

  /** Who wants to know. */
  public interface Watcher {

    /** That row was written; told at least once, of a later version of it perhaps. */
    void changed(Row row);

    /**
     * Anything may have changed, or what was known is not believed any more.
     *
     * @param otherDatabase whether versions may have gone back
     */
    void anything(boolean otherDatabase);

    /**
     * Whether all others answer who would tell of what they change; asked for want of an answer.
     */
    default Future<Boolean> hearsOthers() {
      return Future.succeededFuture(true);
    }
  }

  /**
   * A watch of a table in the schema of that pool.
   *
   * @param columns what rows are told with beside the account, as SQL lists them
   */
  public ChangeWatch(Vertx vertx, Pool pool, String table, String columns, Watcher watcher) {
    this.vertx = vertx;
    this.pool = pool;
    this.changes = CHANGED.formatted(table, columns);
    this.watcher = watcher;
  }

  /** Begins: all that is written from now on is told. */
  public Future<Void> open() {
    return pool.query(NOW).execute().map(rows -> {
      horizon = rows.iterator().next().getString("x");
      confirmed = System.nanoTime();
      askLater();
      return null;
    });
  }

  /** Asks no more. */
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }

  /** Whether what was read before may still be used. */
  public boolean isBelieved() {
    return believed;
  }

  /** The same, once the database has been asked again where there is only a doubt. */
  public Future<Boolean> believed() {
    return believed || closed || isOld(confirmed)
        ? Future.succeededFuture(believed)
        : next.future().map(asked -> believed);
  }

  private static boolean isOld(long answer) {
    return System.nanoTime() - answer > TRUST.toNanos();
  }

  private void askLater() {
    if (!closed) {
      timer = vertx.setTimer(PAUSE_MILLIS, due -> ask());
    }
  }

  private void ask() {
    var asked = System.nanoTime();
    pool.preparedQuery(changes)
        .execute(Tuple.of(horizon))
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(rows -> take(rows, asked))
        .onFailure(why -> missed(why, asked))
        .onComplete(done -> {
          var waiting = next;
          next = Promise.promise();
          waiting.complete();
          askLater();
        });
  }

  private void take(RowSet<Row> rows, long asked) {
    var now = rows.iterator().next().getString("horizon");
    var wentBack =
        Long.compareUnsigned(Long.parseUnsignedLong(now), Long.parseUnsignedLong(horizon)) < 0;
    horizon = now;
    confirmed = asked;
    for (var row : rows) {
      if (row.getString("account") != null) {
        watcher.changed(row);
      }
    }
    if (wentBack) {
      watcher.anything(true); // restored from a back-up
    }
    if (!believed) {
      believed = true;
      LOG.info("The database answers again");
      watcher.anything(false);
    }
  }

  private void missed(Throwable why, long asked) {
    if (!believed || closed) {
      return;
    }
    if (isOld(confirmed)) {
      believeNoLonger("for " + TRUST.toSeconds() + " s", why);
    } else if (!stoodStill(why, asked)) {
      watcher.hearsOthers().onSuccess(all -> {
        if (!all && believed && !closed && confirmed < asked) {
          believeNoLonger("and others cannot be heard either", why);
        }
      });
    }
  }

  private static boolean stoodStill(Throwable why, long asked) {
    return why instanceof TimeoutException
        && System.nanoTime() - asked > TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS + LATE_MILLIS);
  }

  private void believeNoLonger(String since, Throwable why) {
    believed = false;
    LOG.warn(
        "The database has not answered {}: what was read of it is not believed any more: {}",
        since,
        why.getMessage());
    watcher.anything(false);
  }
}
