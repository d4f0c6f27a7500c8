package io.umbel.tools.compliance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeSet;

/** What both tools answer: a list, and how much of what was asked for is in it. */
final class Answer {

  /** Less than half of what the gateway passes on: a result is told twice, once as a text. */
  static final int MOST_CHARACTERS = 200_000;

  private Answer() {}

  static JsonObject of(String name, JsonArray list, List<AskedIssue> asked) {
    var failed = new JsonArray();
    var errors = new JsonArray();
    var failures = new JsonArray();
    asked.stream().filter(issue -> !issue.isFound()).forEach(issue -> {
      failed.add(issue.identifier());
      failures.add(
          JsonObject.of("issue", issue.identifier(), "code", issue.code().name())
              .put("message", issue.problem()));
      errors.add(issue.identifier() + ": " + issue.problem());
    });
    var metadata = new JsonObject()
        .put("total_requested", asked.size())
        .put("successfully_processed", asked.size() - failed.size())
        .put("failed_count", failed.size())
        .put("failed_issues", failed)
        .put("errors", errors)
        .put("failures", failures);
    var answer = new JsonObject().put(name, list);
    var degraded = degraded(list);
    return (degraded.isEmpty() ? answer : answer.put("degraded", degraded))
        .put("metadata", metadata);
  }

  /** What any of them had to do without. */
  private static JsonArray degraded(JsonArray list) {
    var words = new TreeSet<String>();
    list.forEach(one -> ((JsonObject) one)
        .getJsonArray("degraded", new JsonArray())
        .forEach(word -> words.add((String) word)));
    return new JsonArray(List.copyOf(words));
  }
}
