package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What became of issues. */
public final class HistoryRows {

  private static final int LONGEST = 2000;

  private static final String ADD = """
      INSERT INTO history (account, issue, actor, agent, field, before, after, related)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  /** The other end of a link is told of only to those who may see it. */
  private static final String PAGE = """
      SELECT json_build_object('id', h.id,
        'at', to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor', h.actor, 'agent', h.agent, 'field', h.field, 'before', h.before, 'after', h.after)
      FROM history h
      WHERE h.account = $1 AND h.issue = $3 AND h.id < $4
        AND (h.related IS NULL OR EXISTS (
          SELECT 1 FROM known_issues v WHERE v.account = $1 AND v.id = h.related AND v.in_scope
            AND ($2::text IS NULL OR v.project_id = $2)))
      ORDER BY h.id DESC LIMIT $5
      """;

  private final SqlClient client;

  public HistoryRows(SqlClient client) {
    this.client = client;
  }

  /**
   * One thing that happened to a field.
   *
   * @param related the other end of a link, or null
   */
  public record Entry(String field, String before, String after, UUID related) {}

  /** Notes what happened. */
  public Future<Void> add(String account, UUID issue, Actor actor, List<Entry> entries) {
    if (entries.isEmpty()) {
      return Future.succeededFuture();
    }
    var batch = entries.stream()
        .map(entry -> Tuple.of(account, issue, actor.subject(), actor.agent())
            .addString(entry.field())
            .addString(cut(entry.before()))
            .addString(cut(entry.after()))
            .addUUID(entry.related()))
        .toList();
    return client.preparedQuery(ADD).executeBatch(batch).mapEmpty();
  }

  /** Those entries that the differences between two states of an issue are. */
  public static List<Entry> entries(Map<String, Fields.Difference> differences) {
    var all = new ArrayList<Entry>();
    differences.forEach(
        (field, what) -> all.add(new Entry(field, what.before(), what.after(), null)));
    return all;
  }

  /** The newest first, those before that id. */
  public Future<List<JsonObject>> page(Scope scope, UUID issue, long before, int most) {
    return client
        .preparedQuery(PAGE)
        .execute(Tuple.of(scope.account(), scope.project(), issue, before, most))
        .map(rows -> {
          var all = new ArrayList<JsonObject>(rows.size());
          rows.forEach(row -> all.add(row.getJsonObject(0)));
          return all;
        });
  }

  private static String cut(String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
