package io.umbel.tools.issues.manage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Trackers, with their projects. A secret is in none of the columns that are read here. */
final class TrackerRows {

  private static final String SELECT = """
      SELECT json_build_object('id', t.id, 'name', t.name, 'tracker_type', t.tracker_type,
        'url', t.url, 'auth_type', t.auth_type, 'is_active', t.is_active, 'is_valid', t.is_valid,
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
      INSERT INTO trackers (account, name, tracker_type, is_active, scope_rules, is_valid,
        last_validation, validation_message)
      VALUES ($1, $2, $3, $4, $5, $6, now(), $7) RETURNING id
      """;
  private static final String UPDATE = """
      UPDATE trackers SET name = $3, is_active = $4, scope_rules = $5, version = version + 1,
        updated_at = now() WHERE account = $1 AND id = $2
      """;
  private static final String VALIDATED = """
      UPDATE trackers SET is_valid = $3, validation_message = $4, last_validation = now()
      WHERE account = $1 AND id = $2
      """;
  private static final String HIDE = """
      UPDATE trackers SET is_deleted = true, is_active = false, version = version + 1,
        updated_at = now() WHERE account = $1 AND id = $2
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

  /** A new one; its id. */
  Future<UUID> insert(JsonObject tracker, JsonObject verdict) {
    var values = Tuple.of(account, tracker.getString("name"), tracker.getString("tracker_type"))
        .addBoolean(tracker.getBoolean("is_active"));
    values.addValue(tracker.getJsonArray("scope_rules"));
    values.addBoolean(verdict.getBoolean("is_valid")).addString(verdict.getString("message"));
    return client
        .preparedQuery(INSERT)
        .execute(values)
        .map(rows -> rows.iterator().next().getUUID(0))
        .compose(id -> putProjects(id, tracker).map(id));
  }

  /** Another name, other rules, other projects; the identifier of one that has to stay, if any. */
  Future<Optional<String>> update(UUID id, JsonObject tracker) {
    var values = Tuple.of(account, id, tracker.getString("name"), tracker.getBoolean("is_active"));
    values.addValue(tracker.getJsonArray("scope_rules"));
    return client
        .preparedQuery(UPDATE)
        .execute(values)
        .compose(done -> putProjects(id, tracker))
        .compose(done -> dropOthers(id, tracker));
  }

  Future<Void> validated(UUID id, JsonObject verdict) {
    return client
        .preparedQuery(VALIDATED)
        .execute(
            Tuple.of(account, id, verdict.getBoolean("is_valid"), verdict.getString("message")))
        .mapEmpty();
  }

  /** Hides it, or removes it with all that is in it. */
  Future<Void> delete(UUID id, boolean forGood) {
    return client
        .preparedQuery(forGood ? REMOVE : HIDE)
        .execute(Tuple.of(account, id))
        .mapEmpty();
  }

  private Future<Void> putProjects(UUID id, JsonObject tracker) {
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
