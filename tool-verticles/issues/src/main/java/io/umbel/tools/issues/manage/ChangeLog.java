package io.umbel.tools.issues.manage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What changed in an account since a place that was told before, for families that keep an index of
 * their own: each issue once, as it is now, with its comments. Nothing is missed: what is told of
 * is older than every transaction that still runs.
 */
final class ChangeLog {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,19}):([0-9a-f-]{36})");
  private static final String BEGINNING = "0:00000000-0000-0000-0000-000000000000";
  private static final int MOST = 200;

  /** A message has 1 MiB at most; a page ends before, unless it is a single issue. */
  private static final int CHARACTERS = 400_000;

  /** Either part by itself is no longer than a page, so neither is read beyond that. */
  private static final String PAGE = """
      SELECT item, changed::text || ':' || id, id FROM (
        (SELECT json_build_object('id', v.id, 'key', v.key, 'url', v.url, 'title', v.title,
          'description', v.description, 'status', v.status, 'category', v.category,
          'labels', v.labels, 'assignee', v.assignee, 'revision', v.revision,
          'project_id', v.project_id, 'organization', v.organization, 'project', v.project,
          'project_identifier', v.identifier, 'in_scope', v.in_scope, 'tracker_id', v.tracker_id,
          'created_at', v.created_at, 'updated_at', v.updated_at,
          'comments', (SELECT coalesce(json_agg(c), '[]') FROM (
            SELECT id, author, left(body, 2000) AS body, created_at FROM comments
            WHERE account = $1 AND issue = v.id ORDER BY created_at DESC LIMIT 100) c)) AS item,
          v.changed, v.id
        FROM known_issues v
        WHERE v.account = $1 AND (v.changed, v.id) > ($2::text::xid8, $3)
          AND v.changed < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY v.changed, v.id LIMIT $4)
        UNION ALL
        (SELECT NULL, g.changed, g.issue FROM gone g
        WHERE g.account = $1 AND (g.changed, g.issue) > ($2::text::xid8, $3)
          AND g.changed < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY g.changed, g.issue LIMIT $4)) page
      ORDER BY changed, id LIMIT $4
      """;

  private final Pool pool;

  ChangeLog(Pool pool) {
    this.pool = pool;
  }

  /**
   * The page after {@code query.after}: {@code {items, gone, after, more}}, where {@code gone} has
   * the ids of issues that are there no more.
   */
  Future<JsonObject> page(String account, JsonObject query) {
    var after = query.getString("after", BEGINNING);
    var place = PLACE.matcher(after);
    if (!place.matches()) {
      throw Denied.invalid("/query/after", "has to be what an answer told as after");
    }
    var values = Tuple.of(account, place.group(1), UUID.fromString(place.group(2)), MOST + 1);
    return pool.preparedQuery(PAGE)
        .execute(values)
        .map(rows -> JsonObject.of("status", 200, "body", body(rows, after)));
  }

  private static JsonObject body(RowSet<Row> rows, String after) {
    var items = new JsonArray();
    var gone = new JsonArray();
    var last = after;
    var characters = 0;
    for (var row : rows) {
      JsonObject item = row.getJsonObject(0);
      characters += item == null ? 0 : item.encode().length();
      var told = items.size() + gone.size();
      if (told == MOST || (characters > CHARACTERS && told > 0)) {
        break;
      }
      if (item == null) {
        gone.add(row.getUUID(2).toString());
      } else {
        items.add(item);
      }
      last = row.getString(1);
    }
    return JsonObject.of("items", items, "gone", gone)
        .put("after", last)
        .put("more", items.size() + gone.size() < rows.size());
  }
}
