package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Standard;
import io.umbel.tools.compliance.rules.Estimate;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Judges by rules, on worker threads. */
record RuleJudge(Vertx vertx) implements Judge {

  @Override
  public Standard standard(Question question) {
    return standard(question.account(), question.metric());
  }

  static Standard standard(String account, Metric metric) {
    return new Standard(account, metric.key(), Question.RULES, Metric.RUBRIC);
  }

  @Override
  public Future<JsonObject> judge(Question question, AskedIssue issue) {
    return vertx.executeBlocking(
        () -> ResultJson.of(Estimate.of(question.metric(), issue.text())), false);
  }
}
