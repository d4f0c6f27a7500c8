package io.umbel.tools.search.find;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which project of a tracker is meant. */
final class Projects {

  private static final int NAMED = 10;
  private static final int CANDIDATES = 5;
  private static final int SHOWN = 100;
  private static final String VISIBLE = """
      SELECT row_to_json(p) FROM projects p
      WHERE p.account = $1 AND p.is_active AND ($2::text IS NULL OR p.project_id = $2)
      ORDER BY p.identifier, p.id
      """;

  private Projects() {}

  /** The row of the project of that identifier, name or id; null where none is named. */
  static Future<UUID> find(SqlClient transaction, Scope scope, String text) {
    if (text == null) {
      return Future.succeededFuture();
    }
    return transaction
        .preparedQuery(VISIBLE)
        .execute(Tuple.of(scope.account(), scope.project()))
        .map(rows -> {
          var all = new ArrayList<JsonObject>(rows.size());
          rows.forEach(row -> all.add(row.getJsonObject(0)));
          return UUID.fromString(meant(all, text).getString("id"));
        });
  }

  private static JsonObject meant(List<JsonObject> all, String text) {
    var meant = all.stream().filter(project -> isMeant(project, text)).toList();
    if (meant.isEmpty()) {
      throw none(all, text);
    }
    var within = meant.stream().filter(Projects::isInScope).toList();
    if (within.isEmpty()) {
      throw refused(
          ErrorCode.ACCESS_DENIED,
          "The scope rules of tracker " + meant.get(0).getString("tracker") + " leave out project "
              + meant.get(0).getString("identifier"));
    }
    if (within.size() > 1) {
      throw ambiguous(within, text);
    }
    return within.get(0);
  }

  private static boolean isMeant(JsonObject project, String text) {
    return project.getString("identifier").equalsIgnoreCase(text)
        || project.getString("name").equalsIgnoreCase(text)
        || project.getString("id").equals(text);
  }

  private static boolean isInScope(JsonObject project) {
    return project.getBoolean("in_scope");
  }

  private static ToolFailure none(List<JsonObject> all, String text) {
    var seen = all.stream()
        .filter(Projects::isInScope)
        .map(project -> project.getString("identifier"))
        .distinct()
        .toList();
    var first = String.join(", ", seen.stream().limit(NAMED).toList());
    var more = seen.size() > NAMED ? first + " and " + (seen.size() - NAMED) + " more" : first;
    return refused(
        ErrorCode.NOT_FOUND,
        "There is no tracker project \"" + shown(text) + "\": you see "
            + (seen.isEmpty() ? "none" : more));
  }

  private static ToolFailure ambiguous(List<JsonObject> within, String text) {
    var candidates = within.stream()
        .limit(CANDIDATES)
        .map(project -> JsonObject.of("id", project.getString("id"))
            .put("identifier", project.getString("identifier"))
            .put("name", project.getString("name"))
            .put("tracker", project.getString("tracker")))
        .toList();
    return new ToolFailure(
        ErrorCode.AMBIGUOUS,
        "\"" + shown(text) + "\" could be more than one project: take the id of one of the"
            + " candidates",
        JsonObject.of("candidates", new JsonArray(candidates)));
  }

  private static ToolFailure refused(ErrorCode code, String message) {
    return new ToolFailure(code, message, null);
  }

  private static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
