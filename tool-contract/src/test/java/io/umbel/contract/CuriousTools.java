package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** A family that passes every question on, and whose own tools are there where the others are. */
final class CuriousTools extends TailoredToolVerticle {

  static final List<String> OTHERS = List.of("tailored", "patient", "crashing");

  @Override
  protected List<String> asks() {
    return OTHERS;
  }

  @Override
  protected List<String> follows() {
    return List.of("tailored");
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    return askProvided(caller, "tailored")
        .map(theirs -> theirs.offers().tools().isEmpty()
            ? Provision.nothing()
            : Provision.of(List.of(tool(
                "count_tools",
                call -> Future.succeededFuture(
                    JsonObject.of("tools", theirs.offers().tools().size()))))))
        .recover(nobody -> Future.succeededFuture(Provision.nothing()));
  }

  @Override
  protected List<Tool> tools() {
    var input = Schema.object()
        .text("provider", "Whom to ask")
        .text("tool", "What to ask")
        .property("arguments", new JsonObject().put("type", "object"))
        .require("provider", "tool", "arguments");
    var kept = Schema.object().text("provider", "Whom to ask").require("provider");
    return List.of(
        marked(Tool.named("ask", "Asks another provider.", input, this::ask)),
        marked(Tool.named("ask_kept", "Asks what another keeps.", kept, this::askKept)));
  }

  private static Tool marked(Tool tool) {
    return tool.readOnly().openWorld(false).tagged("curious");
  }

  private Future<ToolResult> askKept(ToolCall call) {
    var request = JsonObject.of("operation", "who");
    return askKept(call.origin(), Duration.ofSeconds(5), call.text("provider"), request)
        .map(ToolResult::of);
  }

  private Future<ToolResult> ask(ToolCall call) {
    return askTool(
            call.origin(),
            call.text("provider"),
            call.text("tool"),
            call.arguments().getJsonObject("arguments"))
        .map(ToolResult::of);
  }

  private static Tool tool(
      String name, java.util.function.Function<ToolCall, Future<JsonObject>> function) {
    return Tool.named(
            name, "Counts.", Schema.object(), call -> function.apply(call).map(ToolResult::of))
        .readOnly()
        .openWorld(false)
        .tagged("curious");
  }
}
