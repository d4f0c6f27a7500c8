package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a server asks of its client. Where the line does not say which call it is about, it is about
 * the only one in flight; where there are several, nobody is asked.
 */
final class ServerQuestions {

  private static final Set<String> FOR_THE_CALLER =
      Set.of("elicitation/create", "sampling/createMessage", "roots/list");

  private final Turns turns;
  private final Consumer<JsonObject> answers;

  ServerQuestions(Turns turns, Consumer<JsonObject> answers) {
    this.turns = turns;
    this.answers = answers;
  }

  /** One question, about that call, or null where the line does not say. */
  void ask(JsonObject question, Pending about) {
    var method = question.getString("method");
    if (method.equals("ping")) {
      result(question, new JsonObject());
    } else if (!FOR_THE_CALLER.contains(method)) {
      error(question, new NoAnswer(-32601, "Umbel answers no " + method));
    } else if (about != null && about.isCall()) {
      pass(question, about);
    } else if (turns.inFlight() == 1) {
      pass(question, turns.only());
    } else {
      error(question, new NoAnswer(-32603, refusal()));
    }
  }

  private String refusal() {
    if (turns.inFlight() == 0) {
      return "Umbel has nobody to ask: no call is in flight";
    }
    turns.oneAtATime();
    return "Umbel cannot tell which of several calls in flight this is about";
  }

  private void pass(JsonObject question, Pending about) {
    var params = question.getValue("params") instanceof JsonObject some ? some : new JsonObject();
    Future<JsonObject> answer = about.hearing().asked(question.getString("method"), params);
    about.holdFor(answer);
    answer.onSuccess(result -> result(question, result)).onFailure(why -> error(question, why));
  }

  private void result(JsonObject question, JsonObject result) {
    answers.accept(to(question).put("result", result));
  }

  private void error(JsonObject question, Throwable why) {
    var code = why instanceof NoAnswer none ? none.code() : -32603;
    var text = why instanceof NoAnswer ? why.getMessage() : "Umbel could not ask its client";
    var error = new JsonObject().put("code", code).put("message", text);
    answers.accept(to(question).put("error", error));
  }

  private static JsonObject to(JsonObject question) {
    return new JsonObject().put("jsonrpc", "2.0").put("id", question.getValue("id"));
  }
}
