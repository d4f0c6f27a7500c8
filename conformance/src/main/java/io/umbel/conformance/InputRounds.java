package io.umbel.conformance;

import io.umbel.contract.Answers;
import io.umbel.contract.Question;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tools that need one or more rounds of input before they answer. Each is one function; that the
 * client comes back with another request, perhaps to another node, is the contract's business.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi
 *     round-trip requests</a>
 */
final class InputRounds {

  private static final String NAMES = "test_input_required_result_";
  private static final Question NAME = Forms.text("What is your name?", "name");
  private static final Question COLOR = Forms.text("Step 2: What is your favorite color?", "color");
  private static final Question GREETING = Question.sample("Generate a greeting", 50);

  private InputRounds() {}

  static List<Tool> tools() {
    return List.of(
        tool("elicitation", "Asks for a name and greets.", InputRounds::greet),
        tool("sampling", "Asks the client's model for a capital.", InputRounds::capital),
        tool("list_roots", "Asks for the client's roots.", InputRounds::roots),
        tool("request_state", "Asks for a confirmation.", call -> confirm(call, "state-ok")),
        tool("tampered_state", "Asks for a confirmation.", call -> confirm(call, "integrity-ok")),
        tool("multiple_inputs", "Asks three things at once.", InputRounds::everything),
        tool("multi_round", "Asks twice.", InputRounds::twice),
        tool("capabilities", "Asks only what the client can answer.", InputRounds::possible));
  }

  private static Tool tool(
      String name, String description, Function<ToolCall, Future<ToolResult>> function) {
    return Tool.named(NAMES + name, description, Schema.object(), function);
  }

  private static Future<ToolResult> greet(ToolCall call) {
    return call.ask("user_name", NAME)
        .map(answers ->
            ToolResult.text("Hello, " + Forms.filled(answers, "user_name", "name") + "!"));
  }

  private static Future<ToolResult> capital(ToolCall call) {
    return call.ask("capital_question", Question.sample("What is the capital of France?", 100))
        .map(answers -> ToolResult.text("The model said: " + answers.text("capital_question")));
  }

  private static Future<ToolResult> roots(ToolCall call) {
    return call.ask("client_roots", Question.roots())
        .map(answers -> ToolResult.text("The client's roots: " + roots(answers).encode()));
  }

  private static Future<ToolResult> confirm(ToolCall call, String word) {
    return call.ask("confirm", Forms.confirm())
        .map(answers -> ToolResult.text(word + ": the call went on where it had stopped"));
  }

  private static Future<ToolResult> everything(ToolCall call) {
    return call.ask(questions(question -> true)).map(InputRounds::told);
  }

  private static Future<ToolResult> possible(ToolCall call) {
    var questions = questions(question -> canAnswer(call, question));
    return questions.isEmpty()
        ? Future.succeededFuture(ToolResult.text("The client can answer nothing of this."))
        : call.ask(questions).map(answers -> ToolResult.text("Asked only what was possible."));
  }

  private static Future<ToolResult> twice(ToolCall call) {
    return call.ask("step1", Forms.text("Step 1: What is your name?", "name"))
        .compose(first -> call.ask("step2", COLOR)
            .map(second -> ToolResult.text(Forms.filled(first, "step1", "name") + " likes "
                + Forms.filled(second, "step2", "color"))));
  }

  private static ToolResult told(Answers answers) {
    var name = Forms.filled(answers, "user_name", "name");
    var roots = roots(answers).size();
    return ToolResult.text("%s %s (%d roots)".formatted(answers.text("greeting"), name, roots));
  }

  private static Map<String, Question> questions(Predicate<Question> wanted) {
    var questions = new LinkedHashMap<String, Question>();
    questions.put("user_name", NAME);
    questions.put("greeting", GREETING);
    questions.put("client_roots", Question.roots());
    questions.values().removeIf(wanted.negate());
    return questions;
  }

  private static boolean canAnswer(ToolCall call, Question question) {
    var declared = call.client().capabilities().fieldNames();
    return declared.containsAll(question.capability().fieldNames());
  }

  private static JsonArray roots(Answers answers) {
    return answers.of("client_roots").getJsonArray("roots", new JsonArray());
  }
}
