package io.umbel.tools.issues.manage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What changed in an account since a place that was told before, for families that keep an index of
 * their own: each issue once, as it is now, with its comments, or that it is gone. Nothing is
 * missed: what is told of is older than every transaction that still runs.
 */
final class ChangeLog {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,19}):([0-9a-f-]{36})");
  private static final String BEGINNING = "0:00000000-0000-0000-0000-000000000000";
  private static final int MOST = 200;

  /** A message has 1 MiB at most; a page ends before, unless it is a single issue. */
  private static final int CHARACTERS = 400_000;

  /** Of trackers that are switched off too: whether one may be told of is up to its project. */
  private static final String CHANGED =
      """
      SELECT json_build_object('id', i.id, 'key', i.key, 'url', i.url, 'title', i.title,
        'description', i.description, 'status', i.status, 'category', i.category,
        'labels', i.labels, 'assignee', i.assignee, 'revision', i.revision,
        'project_id', p.project_id, 'organization', p.organization, 'project', p.name,
        'project_identifier', p.identifier, 'project_row', p.id, 'in_scope', p.in_scope,
        'tracker_id', p.tracker_id, 'created_at', %1$s, 'updated_at', %2$s,
        'comments', (SELECT coalesce(json_agg(c), '[]') FROM (
          SELECT id, author, left(body, 2000) AS body, created_at FROM comments
          WHERE account = $1 AND issue = i.id ORDER BY created_at DESC LIMIT 100) c)) AS told,
        i.changed, i.id
      FROM issues i
      JOIN projects p ON p.account = i.account AND p.id = i.project
      JOIN trackers t ON t.account = p.account AND t.id = p.tracker_id AND NOT t.is_deleted
      WHERE i.account = $1 AND (i.changed, i.id) > ($2::text::xid8, $3)
        AND i.changed < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY i.changed, i.id LIMIT $4
      """.formatted(moment("i.created_at"), moment("i.updated_at"));

  private static final String REMOVED = """
      SELECT json_build_object('id', r.id, 'removed', true) AS told, r.changed, r.id
      FROM removed_issues r
      WHERE r.account = $1 AND (r.changed, r.id) > ($2::text::xid8, $3)
        AND r.changed < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY r.changed, r.id LIMIT $4
      """;
  private static final String PAGE =
      "SELECT told, changed::text || ':' || id FROM ((%s) UNION ALL (%s)) both_kinds"
              .formatted(CHANGED, REMOVED)
          + " ORDER BY changed, id LIMIT $4";

  private static final int MOST_PROJECTS = 300;
  private static final String PROJECTS = """
      SELECT json_build_object('id', p.id, 'identifier', p.identifier, 'name', p.name,
        'organization', p.organization, 'project_id', p.project_id, 'in_scope', p.in_scope,
        'tracker_id', t.id, 'tracker', t.name, 'is_active', t.is_active)
      FROM projects p
      JOIN trackers t ON t.account = p.account AND t.id = p.tracker_id AND NOT t.is_deleted
      WHERE p.account = $1 AND p.id > $2 ORDER BY p.id LIMIT $3
      """;

  private final Pool pool;

  ChangeLog(Pool pool) {
    this.pool = pool;
  }

  /** The page after {@code query.after}: {@code {items, after, more}}. */
  Future<JsonObject> page(String account, JsonObject query) {
    var after = query.getString("after", BEGINNING);
    var place = PLACE.matcher(after);
    if (!place.matches()) {
      throw Denied.invalid("/query/after", "has to be what an answer told as after");
    }
    var values = Tuple.of(account, place.group(1), UUID.fromString(place.group(2)), MOST + 1);
    return pool.preparedQuery(PAGE).execute(values).map(rows -> {
      var items = new JsonArray();
      var last = after;
      var characters = 0;
      for (var row : rows) {
        JsonObject item = row.getJsonObject(0);
        characters += item.encode().length();
        if (items.size() == MOST || (characters > CHARACTERS && !items.isEmpty())) {
          break;
        }
        items.add(item);
        last = row.getString(1);
      }
      var body =
          JsonObject.of("items", items, "after", last).put("more", items.size() < rows.size());
      return JsonObject.of("status", 200, "body", body);
    });
  }

  /** The projects after {@code query.after} of all trackers that are not gone. */
  Future<JsonObject> projects(String account, JsonObject query) {
    var values = Tuple.of(account, projectAfter(query.getString("after")), MOST_PROJECTS + 1);
    return pool.preparedQuery(PROJECTS).execute(values).map(rows -> {
      var items = new JsonArray();
      rows.forEach(row -> items.add(row.getJsonObject(0)));
      var more = items.size() > MOST_PROJECTS;
      if (more) {
        items.remove(MOST_PROJECTS);
      }
      return JsonObject.of("status", 200, "body", JsonObject.of("items", items, "more", more));
    });
  }

  private static UUID projectAfter(String text) {
    try {
      return text == null ? new UUID(0, 0) : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Denied.invalid("/query/after", "has to be the id of the last project that was told");
    }
  }

  private static String moment(String column) {
    return "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(column);
  }
}
