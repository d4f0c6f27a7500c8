package io.umbel.tools.compliance;

import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.model.Estimates;
import io.umbel.tools.compliance.model.ModelFailure;
import io.umbel.tools.compliance.model.Patience;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code estimate_compliance}: how well the text of issues meets a metric. */
final class Estimating {

  private final Metrics metrics;
  private final ReadIssues issues;
  private final Optional<Estimates> model;
  private final Deciding deciding;

  Estimating(
      Metrics metrics,
      ReadIssues issues,
      Judging judging,
      RuleJudge rules,
      Optional<Estimates> model) {
    this.metrics = metrics;
    this.issues = issues;
    this.model = model;
    this.deciding = new Deciding(judging, rules, model);
  }

  Future<ToolResult> estimate(ToolCall call) {
    var question = Question.of(call, metrics);
    Deciding.check(question, model);
    var patience = Patience.of(call);
    return issues
        .of(call, question)
        .compose(asked -> deciding
            .decide(
                patience, question, asked.stream().filter(AskedIssue::isFound).toList())
            .map(verdicts -> answer(question, asked, verdicts)))
        .map(ToolResult::of);
  }

  private static JsonObject answer(
      Question question, List<AskedIssue> asked, Map<String, Verdict> verdicts) {
    var failures = new LinkedHashMap<String, ModelFailure>();
    verdicts.forEach((id, verdict) -> {
      if (!verdict.isThere()) {
        failures.put(id, verdict.failure());
      }
    });
    var judged = Deciding.withoutUnjudged(asked, failures);
    var results = new JsonArray();
    judged.stream()
        .filter(AskedIssue::isFound)
        .forEach(issue ->
            results.add(ResultJson.told(question.metric(), issue, verdicts.get(issue.id()))));
    return Answer.of("results", Thinning.of(results), judged);
  }
}
