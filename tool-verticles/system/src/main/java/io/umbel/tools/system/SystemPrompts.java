package io.umbel.tools.system;

import io.umbel.contract.Prompt;
import io.umbel.contract.PromptCall;
import io.umbel.contract.PromptResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prompts about the system itself. Each names the tools that its caller may see and no others, so
 * that a model is never sent to one it cannot call.
 */
final class SystemPrompts {

  private final VisibleTools visible;

  SystemPrompts(VisibleTools visible) {
    this.visible = visible;
  }

  List<Prompt> all() {
    return List.of(
        prompt("explain_system", "Explain what this system is and offers.", this::explain)
            .argument("audience", "Who it is explained to", false),
        prompt("diagnose_issue", "Find out why something does not work.", this::diagnose)
            .argument("symptom", "What is wrong", true)
            .argument("tool", "The tool it happens with", false),
        prompt("deploy_check", "Check whether a deployment went well.", this::deployment)
            .argument("version", "The version that should run", false)
            .argument("environment", "Where it should run", false),
        prompt("health_report", "Report how the system is.", this::report));
  }

  private String explain(PromptCall call) {
    return "Explain this system%s: what it is for and what can be done with its tools. "
        .formatted(given(call, "audience", " to "));
  }

  private String diagnose(PromptCall call) {
    return "Something does not work%s: %s\nFind out why. Look before you change anything, say what "
            .formatted(given(call, "tool", " with the tool "), call.text("symptom"))
        + "you found, and ask before you call a tool that is not read-only. ";
  }

  private String deployment(PromptCall call) {
    return "Check whether the deployment%s%s went well: which version runs and where, whether "
            .formatted(given(call, "version", " of version "), given(call, "environment", " to "))
        + "everything it needs answers, and whether the tools you expect are there. Change nothing. ";
  }

  private String report(PromptCall call) {
    return "Report how this system is: whether it is alive and ready, what does not answer, and "
        + "what should be done about it. Change nothing. ";
  }

  private Prompt prompt(String name, String description, Function<PromptCall, String> task) {
    return Prompt.named(
        name,
        description,
        call -> visible
            .of(call.origin())
            .map(seen -> PromptResult.described(description)
                .user(task.apply(call) + listed(seen.getJsonArray("tools")))));
  }

  private static String listed(JsonArray tools) {
    return tools.isEmpty()
        ? "You have no tools for it."
        : tools.stream()
            .map(tool -> line((JsonObject) tool))
            .collect(Collectors.joining("\n", "These are your tools:\n", ""));
  }

  private static String line(JsonObject tool) {
    var hint = tool.getBoolean("read_only", false) ? " (read-only)" : "";
    return "- " + tool.getString("name") + hint + ": " + tool.getString("description", "");
  }

  /** An argument with words before it, or nothing. */
  private static String given(PromptCall call, String argument, String before) {
    var text = call.text(argument);
    return text == null || text.isBlank() ? "" : before + text;
  }
}
