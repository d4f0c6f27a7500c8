package io.umbel.conformance;

import io.umbel.contract.Content;
import io.umbel.contract.ResourceContents;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** Tools that answer at once, one for each kind of content. */
final class Contents {

  private Contents() {}

  static List<Tool> tools() {
    return List.of(
        tool("test_simple_text", "Answers with a text.", Contents::text),
        tool("test_image_content", "Answers with an image.", Contents::image),
        tool("test_audio_content", "Answers with a sound.", Contents::sound),
        tool("test_embedded_resource", "Answers with a resource.", Contents::resource),
        tool("test_multiple_content_types", "Answers with three kinds.", Contents::mixture),
        tool("test_error_handling", "Always fails.", Contents::error),
        tool("test_streaming_elicitation", "Asks nobody anything.", Contents::noQuestion));
  }

  private static Tool tool(String name, String description, Supplier<ToolResult> answer) {
    return Tool.named(
        name, description, Schema.object(), call -> Future.succeededFuture(answer.get()));
  }

  private static ToolResult text() {
    return ToolResult.text("This is a simple text response for testing.");
  }

  private static ToolResult image() {
    return ToolResult.content(Content.image(Media.image(), Media.PNG));
  }

  private static ToolResult sound() {
    return ToolResult.content(Content.audio(Media.sound(), Media.WAV));
  }

  private static ToolResult resource() {
    return ToolResult.content(Content.embedded(ResourceContents.text(
        "test://embedded-resource", "text/plain", "This is an embedded resource content.")));
  }

  private static ToolResult mixture() {
    var json = new JsonObject().put("test", "data").put("value", 123).encode();
    return ToolResult.content(
        Content.text("Multiple content types test:"),
        Content.image(Media.image(), Media.PNG),
        Content.embedded(
            ResourceContents.text("test://mixed-content-resource", "application/json", json)));
  }

  private static ToolResult error() {
    return ToolResult.error("This tool intentionally returns an error for testing");
  }

  private static ToolResult noQuestion() {
    return ToolResult.text("Nothing but this result is on the stream.");
  }
}
