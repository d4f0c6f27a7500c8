package io.umbel.tools.compliance;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.JsonSchema;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.model.ModelFailure;
import io.umbel.tools.compliance.model.Patience;
import io.umbel.tools.compliance.model.Proposals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code improve_compliance}: calls of {@code update_issue} that add what issues lack. */
final class Improving {

  private static final int AT_ONCE = 10;
  private static final String TOO_LARGE =
      "Left out, since the answer would be too large: ask for it by itself";

  private final Metrics metrics;
  private final ReadIssues issues;
  private final Optional<Proposals> model;
  private final Proposing proposing;
  private final Function<Caller, Future<Optional<JsonSchema>>> accepted;

  /**
   * One that may ask a model.
   *
   * @param accepted what a caller's own {@code update_issue} takes
   */
  Improving(
      Vertx vertx,
      Metrics metrics,
      ReadIssues issues,
      Optional<Proposals> model,
      Function<Caller, Future<Optional<JsonSchema>>> accepted) {
    this.metrics = metrics;
    this.issues = issues;
    this.model = model;
    this.proposing = new Proposing(vertx, model);
    this.accepted = accepted;
  }

  Future<ToolResult> improve(ToolCall call) {
    var question = Question.of(call, metrics);
    Deciding.check(question, model);
    var patience = Patience.of(call);
    var takes = proposing.isForModel(question)
        ? accepted.apply(call.caller())
        : Future.succeededFuture(Optional.<JsonSchema>empty());
    return takes
        .compose(schema -> issues
            .of(call, question)
            .compose(asked -> InOrder.each(
                asked, AT_ONCE, one -> proposing.propose(question, one, schema, patience))))
        .map(Improving::answer)
        .map(ToolResult::of);
  }

  private static JsonObject answer(List<Update> all) {
    var told = told(all);
    var updates = new JsonArray();
    var unchanged = new JsonArray();
    var asked = new ArrayList<AskedIssue>();
    int characters = 0;
    for (int i = 0; i < all.size(); i++) {
      var update = all.get(i).isMade() ? all.get(i).toJson() : Optional.<JsonObject>empty();
      characters += update.map(json -> json.encode().length()).orElse(0);
      if (update.isEmpty()) {
        asked.add(told.get(i));
        if (told.get(i).isFound()) {
          unchanged.add(told.get(i).key());
        }
      } else if (updates.isEmpty() || characters <= Answer.MOST_CHARACTERS) {
        asked.add(told.get(i));
        updates.add(update.get());
      } else {
        asked.add(told.get(i).but(ErrorCode.TOO_LARGE, TOO_LARGE));
      }
    }
    var answer = Answer.of("suggested_updates", updates, asked);
    answer.getJsonObject("metadata").put("unchanged_issues", unchanged);
    return answer;
  }

  /** The issues, of which those are failed that the model had to look at and did not. */
  private static List<AskedIssue> told(List<Update> all) {
    var failures = new LinkedHashMap<String, ModelFailure>();
    all.stream()
        .filter(update -> update.asked().isFound() && !update.isMade())
        .forEach(update -> failures.put(update.asked().id(), update.failure()));
    return Deciding.withoutUnjudged(all.stream().map(Update::asked).toList(), failures);
  }
}
