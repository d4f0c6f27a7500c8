package io.umbel.gateway.store;

import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Agent;
import io.umbel.gateway.access.Grant;
import io.umbel.gateway.access.Project;
import io.umbel.gateway.access.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads all that an account has by one statement, so that it is of one moment. */
final class Snapshots {

  private static final String ALL = """
      SELECT coalesce((SELECT version FROM accounts WHERE account = $1), 0) AS version,
        json_build_object(
          'projects', (SELECT json_agg(json_build_array(id, key, name, bindings))
                       FROM projects WHERE account = $1),
          'agents', (SELECT json_agg(json_build_array(id, name, type, status))
                     FROM agents WHERE account = $1),
          'grants', (SELECT json_agg(json_build_array(agent_id, project_id, role))
                     FROM grants WHERE account = $1),
          'disabled', (SELECT json_agg(id)
                       FROM tool_settings WHERE account = $1 AND NOT is_enabled))::text AS content
      """;

  /**
   * What was read.
   *
   * @param version how many changes it shows
   * @param size about how much of memory it takes, in bytes
   */
  record Snapshot(Account account, long version, int size) {}

  private final Pool pool;

  Snapshots(Pool pool) {
    this.pool = pool;
  }

  Future<Snapshot> read(String account) {
    return pool.preparedQuery(ALL).execute(Tuple.of(account)).map(rows -> {
      var row = rows.iterator().next();
      var content = row.getString("content");
      return new Snapshot(
          account(account, new JsonObject(content)), row.getLong("version"), 2 * content.length());
    });
  }

  private static Account account(String id, JsonObject content) {
    var disabled = new TreeSet<String>();
    rows(content, "disabled").forEach(name -> disabled.add((String) name));
    return Account.of(
        id,
        all(content, "projects", Snapshots::project),
        all(content, "agents", Snapshots::agent),
        all(content, "grants", Snapshots::grant),
        disabled);
  }

  private static Project project(JsonArray row) {
    return new Project(row.getString(0), row.getString(1), row.getString(2), row.getJsonObject(3));
  }

  private static Agent agent(JsonArray row) {
    return new Agent(row.getString(0), row.getString(1), row.getString(2), row.getString(3));
  }

  private static Grant grant(JsonArray row) {
    var role = Role.of(row.getString(2)).orElseThrow();
    return new Grant(row.getString(0), row.getString(1), role);
  }

  private static <T> List<T> all(JsonObject content, String member, Function<JsonArray, T> read) {
    return rows(content, member).stream()
        .map(row -> read.apply((JsonArray) row))
        .toList();
  }

  /** PostgreSQL's aggregate of no rows is null. */
  private static JsonArray rows(JsonObject content, String member) {
    var rows = content.getJsonArray(member);
    return rows == null ? new JsonArray() : rows;
  }
}
