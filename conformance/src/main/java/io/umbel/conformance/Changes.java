package io.umbel.conformance;

import io.umbel.contract.Prompt;
import io.umbel.contract.PromptResult;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Tools that change what is offered, so that those who listen hear of it. */
final class Changes {

  private final Consumer<Tool> tools;
  private final Consumer<Prompt> prompts;
  private int count;

  /** With what begins to offer one more tool, and one more prompt. */
  Changes(Consumer<Tool> tools, Consumer<Prompt> prompts) {
    this.tools = tools;
    this.prompts = prompts;
  }

  List<Tool> tools() {
    var nothing = Schema.object();
    return List.of(
        Tool.named("test_trigger_tool_change", "Adds a tool.", nothing, this::addTool),
        Tool.named("test_trigger_prompt_change", "Adds a prompt.", nothing, this::addPrompt));
  }

  private Future<ToolResult> addTool(ToolCall call) {
    var name = "test_added_tool_" + ++count;
    tools.accept(Tool.named(
        name, "Was added at run time.", Schema.object(), more -> answer("Here is " + name)));
    return answer("There is a tool more: " + name);
  }

  private Future<ToolResult> addPrompt(ToolCall call) {
    var name = "test_added_prompt_" + ++count;
    prompts.accept(Prompt.named(
        name,
        "Was added at run time.",
        more -> Future.succeededFuture(PromptResult.described("Added").user("Hello"))));
    return answer("There is a prompt more: " + name);
  }

  private static Future<ToolResult> answer(String text) {
    return Future.succeededFuture(ToolResult.text(text));
  }
}
