package io.umbel.tools.system;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** {@code list_upstream_servers}: the external MCP servers; the registry has none yet. */
final class UpstreamList {

  private UpstreamList() {}

  static Tool tool() {
    var description = "Lists the external MCP servers whose tools are offered here, and how each "
        + "of them is.";
    var input = Page.of(Schema.object(), Page.LIST_LIMIT);
    return Tool.named("list_upstream_servers", description, input, UpstreamList::list)
        .titled("List upstream servers")
        .returns(output());
  }

  /** One of them. */
  static Optional<JsonObject> named(String name) {
    return servers().stream()
        .map(JsonObject.class::cast)
        .filter(server -> server.getString("name").equals(name))
        .findFirst();
  }

  private static JsonArray servers() {
    return new JsonArray();
  }

  private static Future<ToolResult> list(ToolCall call) {
    var none = new JsonObject().put("servers", servers()).put("total", 0).put("has_more", false);
    return Future.succeededFuture(ToolResult.of(none));
  }

  private static Schema output() {
    return Schema.object()
        .list("servers", "This page, by name", server().toJson())
        .integer("total", "How many there are")
        .flag("has_more", "Whether there are more after these")
        .require("servers", "total", "has_more");
  }

  private static Schema server() {
    var text = new JsonObject().put("type", "string");
    return Schema.object()
        .text("name", "What it is called")
        .text("description", "What it is for")
        .text("transport", "How it is reached")
        .flag("enabled", "Whether it is used")
        .text("namespace", "What the names of its tools begin with")
        .list("allowed_tools", "The tools of it that are offered", text)
        .text("status", "How it is")
        .choice("circuit_state", "Whether it is called", "closed", "open", "half_open")
        .require("name", "description", "transport", "enabled")
        .require("namespace", "allowed_tools", "status", "circuit_state");
  }
}
