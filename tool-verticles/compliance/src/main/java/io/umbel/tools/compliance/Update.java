package io.umbel.tools.compliance;

import io.umbel.tools.compliance.model.ModelFailure;
import io.umbel.tools.compliance.model.Proposal;
import io.umbel.tools.compliance.rules.Improvement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A call of {@code update_issue} that is proposed for an issue.
 *
 * @param asked the issue
 * @param proposal what it would be; nothing where nothing is proposed
 * @param method who proposes it
 * @param failure why the language model does not, or null
 */
record Update(AskedIssue asked, Optional<Proposal> proposal, String method, ModelFailure failure) {

  /** Nothing for an issue that there is not. */
  static Update none(AskedIssue asked) {
    return new Update(asked, Optional.empty(), Question.RULES, null);
  }

  /** What the rules would add. */
  static Update byRules(AskedIssue asked, Improvement improvement) {
    var changes = improvement.sections().stream()
        .map(name -> "Adds a section \"" + name + "\" to fill in")
        .toList();
    var proposal = changes.isEmpty()
        ? Optional.<Proposal>empty()
        : Optional.of(new Proposal(null, improvement.description(), changes));
    return new Update(asked, proposal, Question.RULES, null);
  }

  static Update byModel(AskedIssue asked, Optional<Proposal> proposal) {
    return new Update(asked, proposal, Question.MODEL, null);
  }

  static Update failed(AskedIssue asked, ModelFailure failure) {
    return new Update(asked, Optional.empty(), Question.MODEL, failure);
  }

  /** The same, which takes the place of what the model did not say. */
  Update insteadOf(ModelFailure missing) {
    return new Update(asked, proposal, method, missing);
  }

  /** Whether anybody looked at the issue. */
  boolean isMade() {
    return asked.isFound() && (failure == null || method.equals(Question.RULES));
  }

  /** The arguments of the call. */
  JsonObject arguments() {
    var arguments = JsonObject.of("issue", asked.id());
    proposal.ifPresent(one -> {
      if (one.title() != null) {
        arguments.put("title", one.title());
      }
      arguments.put("description", one.description());
    });
    var revision = asked.issue().getString("revision");
    return revision == null ? arguments : arguments.put("expected_revision", revision);
  }

  /** As it is told, where something is proposed. */
  Optional<JsonObject> toJson() {
    return proposal.map(one -> {
      var json = JsonObject.of("tool_name", "update_issue", "issue_identifier", asked.key())
          .put("arguments", arguments())
          .put("changes", new JsonArray(one.changes()))
          .put("method", method);
      return failure == null ? json : json.put("degraded", JsonArray.of(failure.word()));
    });
  }
}
