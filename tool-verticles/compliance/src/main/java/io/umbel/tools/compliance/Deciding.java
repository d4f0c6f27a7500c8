package io.umbel.tools.compliance;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.compliance.model.Estimates;
import io.umbel.tools.compliance.model.ModelFailure;
import io.umbel.tools.compliance.model.Patience;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who judges: the language model where there is one and the question lets it, else the rules; and
 * the rules for what it could not judge, unless only the model will do.
 */
final class Deciding {

  private final Judging judging;
  private final RuleJudge rules;
  private final Optional<Estimates> model;

  Deciding(Judging judging, RuleJudge rules, Optional<Estimates> model) {
    this.judging = judging;
    this.rules = rules;
    this.model = model;
  }

  /**
   * Throws where only a model will do and there is none.
   *
   * @throws ToolFailure with what to do
   */
  static void check(Question question, Optional<?> model) {
    if (question.isForModelOnly() && model.isEmpty()) {
      throw new ToolFailure(
          ErrorCode.NOT_CONFIGURED, "No language model is configured: use method \"rules\"", null);
    }
  }

  /**
   * What these issues were found to be, by their ids.
   *
   * @param patience for how long that is waited for
   */
  Future<Map<String, Verdict>> decide(
      Patience patience, Question question, List<AskedIssue> issues) {
    if (model.isEmpty() || question.method().equals(Question.RULES)) {
      return judging.judge(rules, question, issues);
    }
    return judging
        .judge(new ModelJudge(model.get(), patience), question, issues)
        .compose(found -> question.isForModelOnly()
            ? Future.succeededFuture(found)
            : completed(question, issues, found));
  }

  private Future<Map<String, Verdict>> completed(
      Question question, List<AskedIssue> issues, Map<String, Verdict> found) {
    var left = issues.stream().filter(issue -> !found.get(issue.id()).isThere()).toList();
    return judging.judge(rules, question, left).map(byRules -> {
      var all = new HashMap<>(found);
      byRules.forEach(
          (id, verdict) -> all.put(id, verdict.insteadOf(found.get(id).failure())));
      return all;
    });
  }

  /** The same issues, of which those are failed that the model did not judge. */
  static List<AskedIssue> withoutUnjudged(
      List<AskedIssue> asked, Map<String, ModelFailure> failures) {
    var left = asked.stream()
        .map(issue -> {
          var failure = issue.isFound() ? failures.get(issue.id()) : null;
          return failure == null ? issue : issue.but(failure.code(), failure.getMessage());
        })
        .toList();
    if (!failures.isEmpty() && left.stream().noneMatch(AskedIssue::isFound)) {
      throw failures.values().iterator().next().asAnswer();
    }
    return left;
  }
}
