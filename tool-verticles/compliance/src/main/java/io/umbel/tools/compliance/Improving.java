package io.umbel.tools.compliance;

import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.rules.Improvement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code improve_compliance}: calls of {@code update_issue} that add what issues lack. */
final class Improving {

  private static final int AT_ONCE = 10;
  private static final String TOO_LARGE =
      "Left out, since the answer would be too large: ask for it by itself";

  private final Vertx vertx;
  private final Metrics metrics;
  private final ReadIssues issues;

  Improving(Vertx vertx, Metrics metrics, ReadIssues issues) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.issues = issues;
  }

  /** One issue, and what it lacks; null where there is no issue. */
  private record Improved(AskedIssue asked, Improvement improvement) {}

  Future<ToolResult> improve(ToolCall call) {
    var question = Question.of(call, metrics);
    return issues
        .of(call, question)
        .compose(asked -> InOrder.each(asked, AT_ONCE, this::improved))
        .map(Improving::answer)
        .map(ToolResult::of);
  }

  private Future<Improved> improved(AskedIssue asked) {
    return asked.isFound()
        ? vertx.executeBlocking(() -> new Improved(asked, Improvement.of(asked.text())), false)
        : Future.succeededFuture(new Improved(asked, null));
  }

  private static JsonObject answer(List<Improved> all) {
    var updates = new JsonArray();
    var unchanged = new JsonArray();
    var asked = new ArrayList<AskedIssue>();
    int characters = 0;
    for (var one : all) {
      var update = one.improvement() == null ? null : update(one);
      characters += update == null ? 0 : update.encode().length();
      var fits = update == null || updates.isEmpty() || characters <= Answer.MOST_CHARACTERS;
      asked.add(fits ? one.asked() : one.asked().but(TOO_LARGE));
      if (update != null && fits) {
        updates.add(update);
      } else if (one.improvement() != null && fits) {
        unchanged.add(one.asked().key());
      }
    }
    var answer = Answer.of("suggested_updates", updates, asked);
    answer.getJsonObject("metadata").put("unchanged_issues", unchanged);
    return answer;
  }

  /** The call that adds what is missing, or null where nothing is. */
  private static JsonObject update(Improved one) {
    var sections = one.improvement().sections();
    if (sections.isEmpty()) {
      return null;
    }
    var issue = one.asked().issue();
    var arguments = new JsonObject()
        .put("issue", one.asked().id())
        .put("description", one.improvement().description());
    if (issue.getString("revision") != null) {
      arguments.put("expected_revision", issue.getString("revision"));
    }
    var changes = sections.stream()
        .map(name -> "Adds a section \"" + name + "\" to fill in")
        .toList();
    return new JsonObject()
        .put("tool_name", "update_issue")
        .put("issue_identifier", one.asked().key())
        .put("arguments", arguments)
        .put("changes", new JsonArray(changes))
        .put("method", Question.RULES);
  }
}
