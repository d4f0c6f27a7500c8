package io.umbel.tools.search;

import io.umbel.contract.Caller;
import io.umbel.storage.RowSecurity;
import io.umbel.tools.search.index.Index;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;

/**
 * Answers what the REST API asks about an account's index, as {@code docs/bus.md} has it under
 * "manage". The gateway has checked scopes; the account is the caller's, and no other exists.
 */
final class IndexDesk {

  private static final String STANDING = """
      SELECT json_build_object(
        'issues', (SELECT count(*) FROM issues WHERE account = $1),
        'comments', (SELECT count(*) FROM comments WHERE account = $1),
        'vectors', (SELECT count(*) FROM vectors WHERE account = $1),
        'is_caught_up', coalesce((SELECT caught_up AND swept FROM accounts WHERE account = $1), false),
        'read_at', (SELECT to_char(read_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
          FROM accounts WHERE account = $1 AND read_at > '-infinity'))
      """;

  private final RowSecurity rows;
  private final Index index;

  IndexDesk(RowSecurity rows, Index index) {
    this.rows = rows;
    this.index = index;
  }

  /** The answer where there is no database. */
  static Future<JsonObject> noDatabase() {
    return problem(
        503,
        "no-database",
        "This node has no database, so there is no index: the operator can set umbel.database.url,"
            + " or start it with --data");
  }

  /** Answers a request; fails only where something is broken. */
  Future<JsonObject> manage(Caller caller, JsonObject request) {
    var account = caller.account();
    return switch (request.getString("operation", "")) {
      case "getSearchIndex" -> standing(account).recover(IndexDesk::away);
      case "rebuildSearchIndex" ->
        index
            .rebuild(account)
            .map(queued -> JsonObject.of("status", 202)
                .put("body", JsonObject.of("status", "queued"))
                .put("audit", JsonObject.of("action", "search_index.rebuild", "target", account)))
            .recover(IndexDesk::away);
      default -> problem(404, "not-found", "Nothing of the kind can be done here");
    };
  }

  private Future<JsonObject> standing(String account) {
    return rows.within(
            account, transaction -> transaction.preparedQuery(STANDING).execute(Tuple.of(account)))
        .map(found ->
            JsonObject.of("status", 200).put("body", found.iterator().next().getJsonObject(0)));
  }

  private static Future<JsonObject> away(Throwable why) {
    var isAway = why instanceof IOException
        || why instanceof VertxException
        || (why instanceof PgException database
            && String.valueOf(database.getSqlState()).matches("(08|25|40|53|55|57).*"));
    return isAway
        ? problem(
            503,
            "database-away",
            "The database does not answer, and nothing was changed: try again shortly")
        : Future.failedFuture(why);
  }

  private static Future<JsonObject> problem(int status, String type, String detail) {
    var body = JsonObject.of("type", type, "detail", detail);
    return Future.succeededFuture(JsonObject.of("status", status, "body", body));
  }
}
