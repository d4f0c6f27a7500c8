package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Issues and comments of a copy, many at a time, in a transaction of whoever asks. */
final class MirrorRows {

  private static final String HERE = """
      SELECT to_jsonb(v) || jsonb_build_object(
        'was_there', pg_visible_in_snapshot(i.changed, $4::text::pg_snapshot))
      FROM issues i JOIN known_issues v ON v.account = i.account AND v.id = i.id
      WHERE i.account = $1 AND i.project = $2 AND i.external_id = ANY ($3) AND v.account = $1
      ORDER BY i.id FOR UPDATE OF i
      """;
  private static final String PUT = """
      INSERT INTO issues (account, project, external_id, key, url, title, description, status,
        category, priority, labels, assignee, author, revision, meta_data, created_at, updated_at)
      SELECT $1, $2, e ->> 'external_id', e ->> 'key', e ->> 'url', e ->> 'title',
        e ->> 'description', e ->> 'status', e ->> 'category', e ->> 'priority',
        ARRAY(SELECT jsonb_array_elements_text(e -> 'labels')), e ->> 'assignee', e ->> 'author',
        e ->> 'revision', e -> 'meta_data', (e ->> 'created_at')::timestamptz,
        (e ->> 'updated_at')::timestamptz
      FROM jsonb_array_elements($3::jsonb) e
      ON CONFLICT (account, project, external_id) DO UPDATE SET
        (key, url, title, description, status, category, priority, labels, assignee, revision,
          meta_data, updated_at, changed) = (EXCLUDED.key, EXCLUDED.url, EXCLUDED.title,
          EXCLUDED.description, EXCLUDED.status, EXCLUDED.category, EXCLUDED.priority,
          EXCLUDED.labels, EXCLUDED.assignee, EXCLUDED.revision, EXCLUDED.meta_data,
          EXCLUDED.updated_at, pg_current_xact_id())
      RETURNING external_id, id
      """;
  private static final String TOUCH = """
      UPDATE issues i SET updated_at = (e ->> 'updated_at')::timestamptz
      FROM jsonb_array_elements($2::jsonb) e
      WHERE i.account = $1 AND i.id = (e ->> 'id')::uuid
      """;
  private static final String MARK =
      "UPDATE issues SET changed = pg_current_xact_id() WHERE account = $1 AND id = ANY ($2)";
  private static final String COMMENTS = """
      SELECT jsonb_build_object('issue', issue, 'id', id, 'external_id', external_id, 'body', body,
        'url', url, 'made', extract(epoch FROM created_at))
      FROM comments WHERE account = $1 AND issue = ANY ($2)
      """;
  private static final String PUT_COMMENTS = """
      INSERT INTO comments (account, id, issue, external_id, author, body, in_reply_to, url,
        created_at, updated_at)
      SELECT $1, (e ->> 'id')::uuid, (e ->> 'issue')::uuid, e ->> 'external_id', e ->> 'author',
        e ->> 'body', (e ->> 'in_reply_to')::uuid, e ->> 'url',
        (e ->> 'created_at')::timestamptz, (e ->> 'updated_at')::timestamptz
      FROM jsonb_array_elements($2::jsonb) e
      ON CONFLICT (account, issue, external_id) DO UPDATE SET
        (body, url, updated_at) = (EXCLUDED.body, EXCLUDED.url, EXCLUDED.updated_at)
      """;
  private static final String DROP_COMMENTS =
      "DELETE FROM comments WHERE account = $1 AND id = ANY ($2)";

  private final SqlClient client;

  MirrorRows(SqlClient client) {
    this.client = client;
  }

  /**
   * Those of the project that are here, by external id; nobody else changes them meanwhile. Each is
   * a row of {@code known_issues}, with {@code was_there}: whether it is as it was when that
   * snapshot was taken.
   */
  Future<Map<String, JsonObject>> here(Project project, Collection<String> ids, String snapshot) {
    var values = Tuple.of(project.account(), project.id(), ids.toArray(String[]::new));
    return client.preparedQuery(HERE).execute(values.addString(snapshot)).map(rows -> {
      var all = new HashMap<String, JsonObject>();
      rows.forEach(row -> {
        JsonObject issue = row.getJsonObject(0);
        all.put(issue.getString("external_id"), issue);
      });
      return all;
    });
  }

  /** Keeps those; their ids by external id. */
  Future<Map<String, UUID>> put(Project project, List<JsonObject> issues) {
    if (issues.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return client
        .preparedQuery(PUT)
        .execute(Tuple.of(project.account(), project.id(), new JsonArray(issues)))
        .map(rows -> {
          var ids = new HashMap<String, UUID>();
          rows.forEach(row -> ids.put(row.getString(0), row.getUUID(1)));
          return ids;
        });
  }

  /** Keeps when they were last touched, which is no change that an index has to know of. */
  Future<Void> touch(String account, List<JsonObject> issues) {
    return withAny(issues, TOUCH, Tuple.of(account, new JsonArray(issues)));
  }

  /** Says that those changed. */
  Future<Void> mark(String account, Collection<UUID> issues) {
    return withAny(issues, MARK, of(account, issues));
  }

  /** All comments of those issues. */
  Future<List<JsonObject>> comments(String account, Collection<UUID> issues) {
    if (issues.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return client.preparedQuery(COMMENTS).execute(of(account, issues)).map(rows -> {
      var all = new java.util.ArrayList<JsonObject>(rows.size());
      rows.forEach(row -> all.add(row.getJsonObject(0)));
      return all;
    });
  }

  Future<Void> putComments(String account, List<JsonObject> comments) {
    return withAny(comments, PUT_COMMENTS, Tuple.of(account, new JsonArray(comments)));
  }

  Future<Void> dropComments(String account, Collection<UUID> comments) {
    return withAny(comments, DROP_COMMENTS, of(account, comments));
  }

  private Future<Void> withAny(Collection<?> some, String statement, Tuple values) {
    return some.isEmpty()
        ? Future.succeededFuture()
        : client.preparedQuery(statement).execute(values).mapEmpty();
  }

  private static Tuple of(String account, Collection<UUID> ids) {
    return Tuple.of(account).addArrayOfUUID(ids.toArray(UUID[]::new));
  }
}
