package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Trackers, with their projects. A secret is only ever read sealed. */
final class TrackerRows {

  private static final String SELECT = """
      SELECT json_build_object('id', t.id, 'name', t.name, 'tracker_type', t.tracker_type,
        'url', t.url, 'auth_type', t.auth_type, 'connection_details', t.connection_details,
        'api_key', CASE WHEN t.secret IS NOT NULL THEN '***' END,
        'is_active', t.is_active, 'is_valid', t.is_valid,
        'last_validation', to_char(t.last_validation AT TIME ZONE 'UTC', '%1$s'),
        'validation_message', t.validation_message, 'scope_rules', t.scope_rules,
        'projects', (SELECT coalesce(json_agg(json_build_object('id', p.id,
            'identifier', p.identifier, 'name', p.name, 'organization', p.organization,
            'project_id', p.project_id, 'in_scope', p.in_scope) ORDER BY p.identifier), '[]')
          FROM projects p WHERE p.account = $1 AND p.tracker_id = t.id),
        'version', t.version,
        'created_at', to_char(t.created_at AT TIME ZONE 'UTC', '%1$s'),
        'updated_at', to_char(t.updated_at AT TIME ZONE 'UTC', '%1$s'))
      FROM trackers t WHERE t.account = $1 AND NOT t.is_deleted
      """.formatted("YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"");
  private static final String LOCK =
      "SELECT 1 FROM trackers WHERE account = $1 AND id = $2 FOR UPDATE";
  private static final String INSERT = """
      INSERT INTO trackers (account, id, name, is_active, scope_rules, url, auth_type,
        connection_details, secret, tracker_type)
      VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, 'none'), $8, $9, $10)
      """;
  private static final String UPDATE = """
      UPDATE trackers SET name = $3, is_active = $4, scope_rules = $5, url = $6,
        auth_type = coalesce($7, 'none'), connection_details = $8, secret = coalesce($9, secret),
        version = version + 1, updated_at = now()
      WHERE account = $1 AND id = $2
      """;
  private static final String VALIDATED = """
      UPDATE trackers SET is_valid = $3, validation_message = $4, last_validation = now()
      WHERE account = $1 AND id = $2
      """;
  private static final String SEALED =
      "SELECT secret FROM trackers WHERE account = $1 AND id = $2 AND NOT is_deleted";
  private static final String HIDE = """
      UPDATE trackers SET is_deleted = true, is_active = false, secret = NULL,
        version = version + 1, updated_at = now()
      WHERE account = $1 AND id = $2
      """;
  private static final String REMOVE = "DELETE FROM trackers WHERE account = $1 AND id = $2";
  private static final String PUT_PROJECT = """
      INSERT INTO projects (account, tracker_id, identifier, name, organization, project_id,
        in_scope)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (account, tracker_id, lower(identifier)) DO UPDATE
        SET name = $4, organization = $5, project_id = $6, in_scope = $7
      """;
  private static final String DROP_PROJECTS = """
      DELETE FROM projects p WHERE p.account = $1 AND p.tracker_id = $2
        AND p.identifier <> ALL ($3::text[])
        AND NOT EXISTS (SELECT 1 FROM issues i WHERE i.account = $1 AND i.project = p.id)
      """;
  private static final String KEPT_PROJECTS = """
      SELECT p.identifier FROM projects p WHERE p.account = $1 AND p.tracker_id = $2
        AND p.identifier <> ALL ($3::text[]) ORDER BY p.identifier LIMIT 1
      """;

  private final SqlClient client;
  private final String account;

  TrackerRows(SqlClient client, String account) {
    this.client = client;
    this.account = account;
  }

  /** By name. */
  Future<List<JsonObject>> all() {
    return client
        .preparedQuery(SELECT + " ORDER BY t.name, t.id")
        .execute(Tuple.of(account))
        .map(rows -> {
          var all = new ArrayList<JsonObject>(rows.size());
          rows.forEach(row -> all.add(row.getJsonObject(0)));
          return all;
        });
  }

  Future<Optional<JsonObject>> find(UUID id) {
    return client
        .preparedQuery(SELECT + " AND t.id = $2")
        .execute(Tuple.of(account, id))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.of(rows.iterator().next().getJsonObject(0)));
  }

  Future<Void> lock(UUID id) {
    return client.preparedQuery(LOCK).execute(Tuple.of(account, id)).mapEmpty();
  }

  /** A new one of that id. */
  Future<Void> insert(UUID id, Wanted wanted, String sealed) {
    var values = values(id, wanted.tracker(), sealed).addString(wanted.type());
    return client
        .preparedQuery(INSERT)
        .execute(values)
        .compose(done -> putProjects(id, wanted.tracker()));
  }

  /** All of it as that; the identifier of a project that has to stay, if any. */
  Future<Optional<String>> update(UUID id, Wanted wanted, String sealed) {
    return client
        .preparedQuery(UPDATE)
        .execute(values(id, wanted.tracker(), sealed))
        .compose(done -> putProjects(id, wanted.tracker()))
        .compose(done -> dropOthers(id, wanted.tracker()));
  }

  private Tuple values(UUID id, JsonObject tracker, String sealed) {
    var values = Tuple.of(account, id, tracker.getString("name"), tracker.getBoolean("is_active"));
    values.addValue(tracker.getJsonArray("scope_rules"));
    values.addString(tracker.getString("url")).addString(tracker.getString("auth_type"));
    values.addValue(tracker.getJsonObject("connection_details", new JsonObject()));
    return values.addString(sealed);
  }

  /** What opens it, sealed, or nothing. */
  Future<Optional<String>> sealed(UUID id) {
    return client
        .preparedQuery(SEALED)
        .execute(Tuple.of(account, id))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.ofNullable(rows.iterator().next().getString(0)));
  }

  /** Keeps whether it can be used. */
  Future<Void> validated(UUID id, Verdict verdict) {
    return client
        .preparedQuery(VALIDATED)
        .execute(Tuple.of(account, id, verdict.isValid(), verdict.message()))
        .mapEmpty();
  }

  /** Hides it and forgets what opens it, or removes it with all that is in it. */
  Future<Void> delete(UUID id, boolean forGood) {
    return client
        .preparedQuery(forGood ? REMOVE : HIDE)
        .execute(Tuple.of(account, id))
        .mapEmpty();
  }

  /** Has those projects too. */
  Future<Void> putProjects(UUID id, JsonObject tracker) {
    var rules = new ScopeRules(tracker.getJsonArray("scope_rules"));
    var batch = tracker.getJsonArray("projects").stream()
        .map(JsonObject.class::cast)
        .map(project -> Tuple.of(account, id, project.getString("identifier"))
            .addString(project.getString("name"))
            .addString(project.getString("organization"))
            .addString(project.getString("project_id"))
            .addBoolean(
                rules.admit(project.getString("organization"), project.getString("identifier"))))
        .toList();
    return batch.isEmpty()
        ? Future.succeededFuture()
        : client.preparedQuery(PUT_PROJECT).executeBatch(batch).mapEmpty();
  }

  private Future<Optional<String>> dropOthers(UUID id, JsonObject tracker) {
    var values = Tuple.of(account, id, identifiers(tracker.getJsonArray("projects")));
    return client
        .preparedQuery(DROP_PROJECTS)
        .execute(values)
        .compose(done -> client.preparedQuery(KEPT_PROJECTS).execute(values))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.of(rows.iterator().next().getString(0)));
  }

  private static String[] identifiers(JsonArray projects) {
    return projects.stream()
        .map(project -> ((JsonObject) project).getString("identifier"))
        .toArray(String[]::new);
  }
}
