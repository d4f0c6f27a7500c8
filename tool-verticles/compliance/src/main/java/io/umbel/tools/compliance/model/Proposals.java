package io.umbel.tools.compliance.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.rules.IssueText;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How the model would write issues. What it says is looked through, but nobody can see by a rule
 * whether it is true: whoever makes the proposed call has to.
 */
public final class Proposals {

  private final Model model;
  private final Prompts prompts;

  public Proposals(Model model, Metrics metrics) {
    this.model = model;
    this.prompts = new Prompts(metrics);
  }

  /**
   * How it would write one; nothing where it would change nothing, and where the description is too
   * long to be looked at whole.
   *
   * @param findings what it lacks by the rules
   * @return fails with {@link ModelFailure}
   */
  public Future<Optional<Proposal>> of(
      String account, Metric metric, IssueText issue, String findings, Patience patience) {
    if (!issue.fits()) {
      return Future.succeededFuture(Optional.empty());
    }
    return model
        .ask(account, prompts.improve(metric, issue, findings), patience)
        .map(answer -> proposal(answer, issue));
  }

  private static Optional<Proposal> proposal(JsonNode answer, IssueText issue) {
    var title = answer.path("title").asText(issue.title());
    var description = answer.get("description").textValue();
    check(issue, title, description);
    var changes = new ArrayList<String>();
    answer.get("changes").forEach(change -> changes.add(change.textValue()));
    var isNew = !title.equals(issue.title());
    return isNew || !description.equals(issue.description())
        ? Optional.of(new Proposal(isNew ? title : null, description, List.copyOf(changes)))
        : Optional.empty();
  }

  /** Nobody is led to where the issue does not lead, and what it leads to stays. */
  private static void check(IssueText issue, String title, String description) {
    if (!issue.describedAs(description).fits() || (title + description).indexOf('\0') >= 0) {
      throw ModelFailure.invalid("what it proposes cannot be written");
    }
    var before = new HashSet<>(Links.in(issue.title() + "\n" + issue.description()));
    var after = new HashSet<>(Links.in(title + "\n" + description));
    if (!before.equals(after)) {
      throw ModelFailure.invalid("what it proposes has other links than the issue");
    }
  }
}
