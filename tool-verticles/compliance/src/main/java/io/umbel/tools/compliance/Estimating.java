package io.umbel.tools.compliance;

import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.tools.compliance.kept.Judged;
import io.umbel.tools.compliance.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** {@code estimate_compliance}: how well the text of issues meets a metric. */
final class Estimating {

  private final Metrics metrics;
  private final ReadIssues issues;
  private final Judging judging;

  Estimating(Metrics metrics, ReadIssues issues, Judging judging) {
    this.metrics = metrics;
    this.issues = issues;
    this.judging = judging;
  }

  Future<ToolResult> estimate(ToolCall call) {
    var question = Question.of(call, metrics);
    return issues
        .of(call, question)
        .compose(asked -> judging
            .judge(question, asked.stream().filter(AskedIssue::isFound).toList())
            .map(judged -> answer(question, asked, judged)))
        .map(ToolResult::of);
  }

  private static JsonObject answer(
      Question question, List<AskedIssue> asked, Map<String, Judged> judged) {
    var results = new JsonArray();
    asked.stream()
        .filter(AskedIssue::isFound)
        .forEach(issue -> results.add(ResultJson.told(question, issue, judged.get(issue.id()))));
    return Answer.of("results", Thinning.of(results), asked);
  }
}
