package io.umbel.gateway.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;

/** Reads the record of one account, and checks that nobody has touched it. */
public final class AuditQueries {

  private static final String PAGE = """
      SELECT * FROM audit
      WHERE account_id = $1
        AND ($2::text IS NULL OR tool = $2)
        AND ($3::text IS NULL OR agent_id = $3)
        AND ($4::text IS NULL OR project_id = $4)
        AND ($5::timestamptz IS NULL OR ts >= $5)
        AND ($6::timestamptz IS NULL OR ts < $6)
        AND seq < $7
      ORDER BY seq DESC LIMIT $8
      """;
  private static final String HEAD = "SELECT seq, hash FROM audit_heads WHERE account_id = $1";
  private static final String NEXT =
      "SELECT * FROM audit WHERE account_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT 1000";

  private final Pool pool;

  public AuditQueries(Pool pool) {
    this.pool = pool;
  }

  /**
   * What is looked for; null where it does not matter.
   *
   * @param from the earliest moment, included
   * @param to the end, not included
   */
  public record Filter(
      String tool, String agent, String project, OffsetDateTime from, OffsetDateTime to) {}

  /**
   * A page of it, the newest first: {@code {items, next_cursor?}}.
   *
   * @param before the number of a row; those before it are given
   */
  public Future<JsonObject> page(String account, Filter filter, long before, int limit) {
    var tuple = Tuple.of(account, filter.tool(), filter.agent(), filter.project())
        .addOffsetDateTime(filter.from())
        .addOffsetDateTime(filter.to())
        .addLong(before)
        .addInteger(limit + 1);
    return pool.preparedQuery(PAGE).execute(tuple).map(rows -> page(rows, limit));
  }

  private static JsonObject page(RowSet<io.vertx.sqlclient.Row> rows, int limit) {
    var items = new JsonArray();
    var page = new JsonObject().put("items", items);
    for (var read : rows) {
      if (items.size() == limit) {
        return page.put(
            "next_cursor", items.getJsonObject(limit - 1).getLong("seq").toString());
      }
      items.add(Row.of(read).toJson());
    }
    return page;
  }

  /**
   * Goes along the chain of that account from its first row to what is now its last:
   * {@code {intact, rows, broken?: {seq, id?, ts?, why}}}.
   */
  public Future<JsonObject> verify(String account) {
    return pool.preparedQuery(HEAD).execute(Tuple.of(account)).compose(heads -> {
      if (!heads.iterator().hasNext()) {
        return verify(account, new Walk(0, Row.BEFORE_ALL));
      }
      var head = heads.iterator().next();
      return verify(account, new Walk(head.getLong(0), head.getString(1)));
    });
  }

  private Future<JsonObject> verify(String account, Walk walk) {
    return pool.preparedQuery(NEXT)
        .execute(Tuple.of(account, walk.at(), walk.last()))
        .compose(rows -> {
          for (var read : rows) {
            if (!walk.takes(Row.of(read))) {
              return Future.succeededFuture(walk.report());
            }
          }
          return rows.size() == 0 ? Future.succeededFuture(walk.arrived()) : verify(account, walk);
        });
  }
}
