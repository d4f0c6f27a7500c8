package io.umbel.gateway.audit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written, and the writing: one batch at a time, in the order in which it came. A
 * batch that cannot be written stays and is tried again; nothing is ever written twice.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** What indexes can take. */
  private static final int LONGEST_ACCOUNT = 256;

  private static final long PATIENCE_MILLIS = 5_000;
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LAST_RETRY_MILLIS = 3_000;
  private static final long END_MILLIS = 8_000;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Pool pool;
  private final AuditSettings settings;
  private final AuditMetrics metrics;
  private final Deque<Pending> queue = new ArrayDeque<>();
  private final Promise<Void> ended = Promise.promise();
  private boolean writing;
  private boolean ending;
  private int urgent;
  private long timer = NO_TIMER;
  private long retryMillis;

  Ledger(Vertx vertx, Pool pool, AuditSettings settings, AuditMetrics metrics) {
    this.vertx = vertx;
    this.pool = pool;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** A row that waits, and who waits for it, if anybody does. */
  private record Pending(Entry entry, Promise<Void> written) {}

  /** Whether the last attempt to write went well. */
  boolean isUp() {
    return retryMillis == 0;
  }

  /** Has it written sometime; refuses where too much waits already. */
  void add(Entry entry) {
    if (queue.size() >= settings.queueRows() || isUnfit(entry)) {
      metrics.refused(1);
      return;
    }
    put(new Pending(entry, null));
  }

  /** Has it written now; fails where that does not go well, and then it is tried again. */
  Future<Void> write(Entry entry) {
    if (isUnfit(entry)) {
      metrics.refused(1);
      return Future.failedFuture("The name of the account is too long for a record");
    }
    if (!isUp()) {
      put(new Pending(entry, null));
      return Future.failedFuture("The last attempt to write failed");
    }
    var pending = new Pending(entry, Promise.promise());
    urgent++;
    put(pending);
    return pending.written().future();
  }

  /** Writes what waits; what cannot be written in time is left to the log. */
  Future<Void> close() {
    ending = true;
    if (queue.isEmpty()) {
      return Future.succeededFuture();
    }
    wake();
    return ended.future().timeout(END_MILLIS, TimeUnit.MILLISECONDS).recover(late -> {
      queue.forEach(row -> LOG.atError()
          .addKeyValue("row", Row.after("", 0, row.entry()).toJson().encode())
          .log("A row of the audit trail could not be written"));
      return Future.succeededFuture();
    });
  }

  private void put(Pending pending) {
    queue.add(pending);
    metrics.queued(queue.size());
    wake();
  }

  private void wake() {
    if (writing || !isUp() || queue.isEmpty()) {
      return; // whoever is at it comes back here
    }
    if (urgent > 0 || ending || queue.size() >= settings.batchRows()) {
      flush();
    } else if (timer == NO_TIMER) {
      timer = vertx.setTimer(settings.batchEvery().toMillis(), due -> flush());
    }
  }

  private void flush() {
    vertx.cancelTimer(timer);
    timer = NO_TIMER;
    writing = true;
    var batch = queue.stream().limit(settings.batchRows()).toList();
    var entries = batch.stream().map(Pending::entry).toList();
    write(entries)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(done -> written(batch))
        .onFailure(this::failed);
  }

  private Future<?> write(List<Entry> entries) {
    var again = !isUp();
    return entries.isEmpty()
        ? pool.query("SELECT 1").execute()
        : pool.withTransaction(connection -> new Chain(connection).append(entries, again));
  }

  private void written(List<Pending> batch) {
    if (!isUp()) {
      LOG.info("The audit trail is written again");
    }
    retryMillis = 0;
    writing = false;
    batch.forEach(row -> queue.remove());
    metrics.written(batch.size());
    metrics.queued(queue.size());
    batch.forEach(row -> release(row, null));
    if (ending && queue.isEmpty()) {
      ended.tryComplete();
    }
    wake();
  }

  /** Nobody is kept waiting: they are told now, and their rows stay. */
  private void failed(Throwable why) {
    metrics.failed();
    if (isUp()) {
      LOG.warn("The audit trail cannot be written: {}", why.getMessage());
    }
    retryMillis = isUp() ? FIRST_RETRY_MILLIS : Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
    writing = false;
    var rows = new ArrayList<>(queue);
    queue.clear();
    for (var row : rows) {
      queue.add(new Pending(row.entry(), null));
      release(row, why);
    }
    vertx.setTimer(retryMillis, due -> flush());
  }

  private void release(Pending row, Throwable why) {
    if (row.written() != null) {
      urgent--;
      if (why == null) {
        row.written().complete();
      } else {
        row.written().fail(why);
      }
    }
  }

  private static boolean isUnfit(Entry entry) {
    return entry.account().length() > LONGEST_ACCOUNT;
  }
}
