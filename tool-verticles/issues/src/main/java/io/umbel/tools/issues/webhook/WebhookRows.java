package io.umbel.tools.issues.webhook;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Who may knock for trackers, and who did. */
final class WebhookRows {

  private static final String PUT = """
      INSERT INTO webhooks (account, tracker, secret)
      SELECT t.account, t.id, $3 FROM trackers t
      WHERE t.account = $1 AND t.id = $2 AND NOT t.is_deleted AND t.tracker_type <> 'local'
      ON CONFLICT (account, tracker) DO UPDATE SET secret = $3, made_at = now()
      """;
  private static final String DROP = "DELETE FROM webhooks WHERE account = $1 AND tracker = $2";

  /** Whose it is only the row itself tells: who knocks says nothing but the tracker's id. */
  private static final String FIND = """
      SELECT w.account, w.secret, t.tracker_type
      FROM webhooks w JOIN trackers t ON t.account = w.account AND t.id = w.tracker
      WHERE w.tracker = $1 AND t.is_active AND NOT t.is_deleted
      """;

  private static final String FORGET = """
      DELETE FROM deliveries WHERE account = $1 AND tracker = $2
        AND at < now() - interval '72 hours'
      """;
  private static final String NOTE = """
      INSERT INTO deliveries (account, tracker, delivery)
      SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING
      """;
  private static final String ASK = """
      INSERT INTO rereads (account, project, external_id, mark)
      SELECT p.account, p.id, $4, $5 FROM projects p
      WHERE p.account = $1 AND p.tracker_id = $2 AND lower(p.identifier) = lower($3) AND p.in_scope
      ON CONFLICT (account, project, external_id) DO UPDATE
        SET mark = $5, due_at = now(), attempts = 0
      """;

  private final Pool pool;

  WebhookRows(Pool pool) {
    this.pool = pool;
  }

  /**
   * A tracker that somebody may knock for.
   *
   * @param sealed what they have to know
   */
  record Door(String account, UUID tracker, String sealed, String type) {}

  /** Keeps a secret; false where there is no such tracker on another server. */
  Future<Boolean> put(String account, UUID tracker, String sealed) {
    return pool.preparedQuery(PUT)
        .execute(Tuple.of(account, tracker, sealed))
        .map(rows -> rows.rowCount() > 0);
  }

  Future<Boolean> drop(String account, UUID tracker) {
    return pool.preparedQuery(DROP)
        .execute(Tuple.of(account, tracker))
        .map(rows -> rows.rowCount() > 0);
  }

  Future<Optional<Door>> find(UUID tracker) {
    return pool.preparedQuery(FIND).execute(Tuple.of(tracker)).map(rows -> {
      if (rows.size() == 0) {
        return Optional.empty();
      }
      var row = rows.iterator().next();
      return Optional.of(new Door(row.getString(0), tracker, row.getString(1), row.getString(2)));
    });
  }

  /**
   * Notes a delivery, and that its issue is to be read anew; both or neither.
   *
   * @param marks what it is known by if it comes again
   * @return what became of it: {@code queued}, {@code repeated} or {@code ignored}
   */
  Future<String> take(Door door, String[] marks, Optional<Subject> subject) {
    var of = Tuple.of(door.account(), door.tracker());
    return pool.withTransaction(transaction -> transaction
        .preparedQuery(FORGET)
        .execute(of)
        .compose(forgot -> transaction
            .preparedQuery(NOTE)
            .execute(Tuple.of(door.account(), door.tracker()).addArrayOfString(marks)))
        .compose(noted -> {
          if (noted.rowCount() < marks.length) {
            return Future.succeededFuture("repeated");
          }
          return subject
              .map(issue -> ask(transaction, door, issue))
              .orElseGet(() -> Future.succeededFuture("ignored"));
        }));
  }

  private static Future<String> ask(SqlClient client, Door door, Subject subject) {
    var values = Tuple.of(door.account(), door.tracker(), subject.project())
        .addString(subject.externalId())
        .addUUID(UUID.randomUUID());
    return client
        .preparedQuery(ASK)
        .execute(values)
        .map(rows -> rows.rowCount() > 0 ? "queued" : "ignored");
  }
}
