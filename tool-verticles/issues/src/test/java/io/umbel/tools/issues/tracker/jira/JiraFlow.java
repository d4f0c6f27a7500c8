package io.umbel.tools.issues.tracker.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow: To Do, In Progress, In Review, Done; Closed only from Done; Waiting wants a reason.
 */
final class JiraFlow {

  private static final Map<String, String> CATEGORIES = new LinkedHashMap<>();
  private static final Map<String, List<String>> WAYS = Map.of(
      "To Do", List.of("In Progress", "Done", "Waiting"),
      "In Progress", List.of("To Do", "In Review", "Done"),
      "In Review", List.of("In Progress", "Done"),
      "Done", List.of("To Do", "Closed"),
      "Closed", List.of("To Do"),
      "Waiting", List.of("To Do"));

  static {
    CATEGORIES.put("To Do", "new");
    CATEGORIES.put("In Progress", "indeterminate");
    CATEGORIES.put("In Review", "indeterminate");
    CATEGORIES.put("Done", "done");
    CATEGORIES.put("Closed", "done");
    CATEGORIES.put("Waiting", "indeterminate");
  }

  JsonObject status(String name) {
    return JsonObject.of("id", String.valueOf(name.hashCode()), "name", name)
        .put("statusCategory", JsonObject.of("key", CATEGORIES.get(name)));
  }

  JsonArray statuses() {
    return new JsonArray(CATEGORIES.keySet().stream().map(this::status).toList());
  }

  /**
   * What can be done with an issue of that status; transitions are called otherwise than statuses.
   */
  JsonArray from(String status) {
    var all = new JsonArray();
    for (var to : WAYS.get(status)) {
      var fields = new JsonObject();
      if (to.equals("Waiting")) {
        fields.put("resolution", JsonObject.of("required", true, "name", "Resolution"));
      }
      all.add(JsonObject.of("id", String.valueOf((status + to).hashCode() & 0xffff))
          .put("name", "Make it " + to)
          .put("to", status(to))
          .put("fields", fields));
    }
    return all;
  }
}
