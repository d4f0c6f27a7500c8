package io.umbel.tools.issues.sync;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where the syncs of trackers stand. */
final class SyncRows {

  /** Every tracker elsewhere has one; of all accounts, since it is nobody's question. */
  private static final String BEGIN = """
      INSERT INTO syncs (account, tracker)
      SELECT t.account, t.id FROM trackers t
      WHERE t.tracker_type <> 'local' AND t.is_active AND NOT t.is_deleted AND NOT EXISTS (
        SELECT 1 FROM syncs s WHERE s.account = t.account AND s.tracker = t.id)
      ON CONFLICT DO NOTHING
      """;

  private static final String CLAIM = """
      WITH due AS (
        SELECT s.account, s.tracker, t.name
        FROM syncs s JOIN trackers t ON t.account = s.account AND t.id = s.tracker
        WHERE s.due_at <= now() AND (s.claimed_until IS NULL OR s.claimed_until < now())
          AND t.is_active AND NOT t.is_deleted
        ORDER BY s.due_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
      UPDATE syncs s SET claim = $1, state = 'running', is_open = true, error = null,
        claimed_until = now() + $2 * interval '1 millisecond', ended_at = null,
        started_at = CASE WHEN s.is_open THEN s.started_at ELSE now() END,
        done = CASE WHEN s.is_open THEN s.done ELSE 0 END,
        written = CASE WHEN s.is_open THEN s.written ELSE 0 END,
        failed = CASE WHEN s.is_open THEN s.failed ELSE 0 END,
        failures = CASE WHEN s.is_open THEN s.failures ELSE '[]' END
      FROM due, syncs before
      WHERE s.account = due.account AND s.tracker = due.tracker
        AND before.account = due.account AND before.tracker = due.tracker
      RETURNING s.account, s.tracker, s.attempts, due.name, before.is_open
      """;
  private static final String FRESH = """
      UPDATE sync_places SET is_done = false, total = null WHERE account = $1
        AND project IN (SELECT id FROM projects WHERE account = $1 AND tracker_id = $2)
      """;
  private static final String EXTEND = """
      UPDATE syncs s SET claimed_until = clock_timestamp() + $4 * interval '1 millisecond'
      WHERE s.account = $1 AND s.tracker = $2 AND s.claim = $3 AND EXISTS (SELECT 1 FROM trackers t
        WHERE t.account = $1 AND t.id = $2 AND t.is_active AND NOT t.is_deleted)
      """;
  private static final String COUNT = """
      UPDATE syncs SET attempts = 0, done = done + $4, written = written + $5, failed = failed + $6,
        failures = jsonb_path_query_array(failures || $7::jsonb, '$[0 to %d]')
      WHERE account = $1 AND tracker = $2 AND claim = $3
      """.formatted(Failure.TOLD - 1);
  private static final String END = """
      UPDATE syncs SET state = $4, error = $5, is_open = $6, claim = null, claimed_until = null,
        due_at = now() + $7 * interval '1 millisecond', ended_at = now(),
        attempts = CASE WHEN $4 = 'failed' THEN attempts + 1 ELSE 0 END,
        synced_at = CASE WHEN $4 = 'idle' THEN now() ELSE synced_at END
      WHERE account = $1 AND tracker = $2 AND claim = $3
      """;

  private final Pool pool;
  private final Duration lease;

  SyncRows(Pool pool, Duration lease) {
    this.pool = pool;
    this.lease = lease;
  }

  /**
   * How a run ended.
   *
   * @param error what is wrong, or null
   * @param goesOn whether the next run goes on with what this one did not come to
   * @param pause until then
   */
  record End(String state, String error, boolean goesOn, Duration pause) {}

  /** What a page added. */
  record Counts(int done, int written, List<Failure> failures) {}

  /** Begins to look after trackers that are new. */
  Future<Void> begin() {
    return pool.query(BEGIN).execute().mapEmpty();
  }

  /** A tracker that is due and that nobody runs; nothing where there is none. */
  Future<Optional<Claim>> claim() {
    var id = UUID.randomUUID();
    return pool.withTransaction(transaction -> transaction
        .preparedQuery(CLAIM)
        .execute(Tuple.of(id, lease.toMillis()))
        .compose(rows -> {
          if (rows.size() == 0) {
            return Future.succeededFuture(Optional.empty());
          }
          var row = rows.iterator().next();
          var claim =
              new Claim(row.getString(0), row.getUUID(1), id, row.getInteger(2), row.getString(3));
          return row.getBoolean(4)
              ? Future.succeededFuture(Optional.of(claim))
              : transaction
                  .preparedQuery(FRESH)
                  .execute(Tuple.of(claim.account(), claim.tracker()))
                  .map(Optional.of(claim));
        }));
  }

  /** Says that it is still run; fails with {@link Claim.Lost}. */
  Future<Void> extend(SqlClient client, Claim claim) {
    return client
        .preparedQuery(EXTEND)
        .execute(of(claim).addLong(lease.toMillis()))
        .compose(rows -> rows.rowCount() == 0
            ? Future.failedFuture(new Claim.Lost())
            : Future.succeededFuture());
  }

  /** The same outside of any transaction. */
  Future<Void> extend(Claim claim) {
    return extend(pool, claim);
  }

  Future<Void> count(SqlClient client, Claim claim, Counts counts) {
    var values = of(claim)
        .addInteger(counts.done())
        .addInteger(counts.written())
        .addInteger(counts.failures().size());
    values.addValue(Failure.toJson(counts.failures()));
    return client.preparedQuery(COUNT).execute(values).mapEmpty();
  }

  /** Lets it go. */
  Future<Void> end(Claim claim, End end) {
    var values = of(claim)
        .addString(end.state())
        .addString(end.error())
        .addBoolean(end.goesOn())
        .addLong(end.pause().toMillis());
    return pool.preparedQuery(END).execute(values).mapEmpty();
  }

  private static Tuple of(Claim claim) {
    return Tuple.of(claim.account(), claim.tracker(), claim.id());
  }
}
