package io.umbel.conformance;

import io.umbel.contract.Completion;
import io.umbel.contract.Content;
import io.umbel.contract.Prompt;
import io.umbel.contract.PromptCall;
import io.umbel.contract.PromptResult;
import io.umbel.contract.ResourceContents;
import io.vertx.core.Future;
import java.util.List;

/** The prompts: plain, with arguments, with other content than text, with input from the user. */
final class Prompts {

  private Prompts() {}

  static List<Prompt> all() {
    return List.of(
        Prompt.named("test_simple_prompt", "Says one thing.", Prompts::simple),
        Prompt.named("test_prompt_with_arguments", "Repeats its arguments.", Prompts::arguments)
            .argument("arg1", "First test argument", true)
            .argument("arg2", "Second test argument", true)
            .completing("arg1", Completion.of("paris", "park", "party", "test", "testing")),
        Prompt.named("test_prompt_with_embedded_resource", "Embeds a resource.", Prompts::resource)
            .argument("resourceUri", "URI of the resource to embed", true),
        Prompt.named("test_prompt_with_image", "Shows an image.", Prompts::image),
        Prompt.named(
            "test_input_required_result_prompt", "Asks the user first.", Prompts::fromTheUser));
  }

  private static Future<PromptResult> simple(PromptCall call) {
    return Future.succeededFuture(
        PromptResult.described("One thing").user("This is a simple prompt for testing."));
  }

  private static Future<PromptResult> arguments(PromptCall call) {
    var text = "Prompt with arguments: arg1='%s', arg2='%s'"
        .formatted(call.text("arg1"), call.text("arg2"));
    return Future.succeededFuture(PromptResult.described("Two arguments").user(text));
  }

  private static Future<PromptResult> resource(PromptCall call) {
    var contents = ResourceContents.text(
        call.text("resourceUri"), "text/plain", "Embedded resource content for testing.");
    return Future.succeededFuture(PromptResult.described("A resource and what to do with it")
        .message("user", Content.embedded(contents))
        .user("Please process the embedded resource above."));
  }

  private static Future<PromptResult> image(PromptCall call) {
    return Future.succeededFuture(PromptResult.described("An image and what to do with it")
        .message("user", Content.image(Media.image(), Media.PNG))
        .user("Please analyze the image above."));
  }

  private static Future<PromptResult> fromTheUser(PromptCall call) {
    return call.ask("user_context", Forms.text("What context should the prompt use?", "context"))
        .map(answers -> PromptResult.described("What the user said")
            .user("Use this context: " + Forms.filled(answers, "user_context", "context")));
  }
}
