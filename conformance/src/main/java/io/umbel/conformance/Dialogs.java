package io.umbel.conformance;

import io.umbel.contract.Question;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tools that ask the client one thing and repeat what it answered. */
final class Dialogs {

  private Dialogs() {}

  static List<Tool> tools() {
    var prompt = Schema.object().text("prompt", "What to ask the model").require("prompt");
    var message = Schema.object().text("message", "What to ask the user").require("message");
    var nothing = Schema.object();
    return List.of(
        Tool.named("test_sampling", "Asks the client's model.", prompt, Dialogs::sampling),
        Tool.named("test_elicitation", "Asks the user.", message, Dialogs::elicitation),
        Tool.named(
            "test_elicitation_sep1034_defaults",
            "Asks the user to review a form that is filled in.",
            nothing,
            call -> completed(call, Forms.defaults())),
        Tool.named(
            "test_elicitation_sep1330_enums",
            "Asks the user to choose, in every way there is.",
            nothing,
            call -> completed(call, Forms.choices())),
        Tool.named(
            "test_missing_capability",
            "Asks the client's model, which not every client has.",
            nothing,
            call -> sampled(call, "Reply with the single word: pong")));
  }

  private static Future<ToolResult> sampling(ToolCall call) {
    return sampled(call, call.text("prompt"));
  }

  private static Future<ToolResult> sampled(ToolCall call, String prompt) {
    return call.ask("answer", Question.sample(prompt, 100))
        .map(answers -> ToolResult.text("LLM response: " + answers.text("answer")));
  }

  private static Future<ToolResult> elicitation(ToolCall call) {
    return call.ask("answer", Forms.text(call.text("message"), "response"))
        .map(answers -> ToolResult.text("User response: " + shown(answers.of("answer"))));
  }

  private static Future<ToolResult> completed(ToolCall call, Question form) {
    return call.ask("answer", form)
        .map(answers -> ToolResult.text("Elicitation completed: " + shown(answers.of("answer"))));
  }

  private static String shown(JsonObject answer) {
    var content = answer.getJsonObject("content", new JsonObject()).encode();
    return "action=" + answer.getString("action") + ", content=" + content;
  }
}
