package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Standard;
import io.umbel.tools.compliance.model.Estimates;
import io.umbel.tools.compliance.model.Patience;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Has a language model judge, for one call.
 *
 * @param patience for how long that call is waited for
 */
record ModelJudge(Estimates estimates, Patience patience) implements Judge {

  @Override
  public Standard standard(Question question) {
    return standard(question.account(), question.metric(), estimates.model());
  }

  static Standard standard(String account, Metric metric, String model) {
    return new Standard(account, metric.key(), Question.MODEL, model);
  }

  @Override
  public Future<JsonObject> judge(Question question, AskedIssue issue) {
    return estimates.of(question.account(), question.metric(), issue.text(), patience);
  }
}
