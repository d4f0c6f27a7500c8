package io.umbel.tools.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.umbel.contract.Json;
import io.umbel.contract.JsonSchema;
import io.umbel.tools.compliance.model.ModelFailure;
import io.umbel.tools.compliance.model.Patience;
import io.umbel.tools.compliance.model.Proposals;
import io.umbel.tools.compliance.rules.Estimate;
import io.umbel.tools.compliance.rules.Improvement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Who proposes how issues could be written: the language model where there is one and the question
 * lets it, else the rules; and the rules where it cannot, unless only the model will do.
 */
final class Proposing {

  private final Vertx vertx;
  private final Optional<Proposals> model;

  Proposing(Vertx vertx, Optional<Proposals> model) {
    this.vertx = vertx;
    this.model = model;
  }

  /** Whether the model is asked for that. */
  boolean isForModel(Question question) {
    return model.isPresent() && !question.method().equals(Question.RULES);
  }

  /**
   * What is proposed for one issue.
   *
   * @param accepted what {@code update_issue} takes; nothing where the caller has no such tool
   * @param patience for how long that is waited for
   */
  Future<Update> propose(
      Question question, AskedIssue asked, Optional<JsonSchema> accepted, Patience patience) {
    if (!asked.isFound()) {
      return Future.succeededFuture(Update.none(asked));
    }
    if (!isForModel(question)) {
      return byRules(asked);
    }
    return byModel(question, asked, patience)
        .map(update -> checked(update, accepted))
        .recover(why -> why instanceof ModelFailure failure
            ? instead(question, asked, failure)
            : Future.failedFuture(why));
  }

  private Future<Update> instead(Question question, AskedIssue asked, ModelFailure failure) {
    return question.isForModelOnly()
        ? Future.succeededFuture(Update.failed(asked, failure))
        : byRules(asked).map(update -> update.insteadOf(failure));
  }

  private Future<Update> byRules(AskedIssue asked) {
    return vertx.executeBlocking(() -> Update.byRules(asked, Improvement.of(asked.text())), false);
  }

  private Future<Update> byModel(Question question, AskedIssue asked, Patience patience) {
    var metric = question.metric();
    return vertx
        .executeBlocking(() -> Estimate.of(metric, asked.text()), false)
        .map(found -> found.reason() + " " + found.suggestion())
        .compose(found -> model.get().of(question.account(), metric, asked.text(), found, patience))
        .map(proposal -> Update.byModel(asked, proposal));
  }

  /** A call that would be refused is none to propose. */
  private static Update checked(Update update, Optional<JsonSchema> accepted) {
    if (update.proposal().isPresent() && accepted.isPresent()) {
      try {
        var arguments = Json.MAPPER.readTree(update.arguments().encode());
        if (!accepted.get().violations(arguments).isEmpty()) {
          throw ModelFailure.invalid("update_issue would not take what it proposes");
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return update;
  }
}
