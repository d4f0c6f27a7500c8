package io.umbel.tools.system;

import io.umbel.contract.Node;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** {@code get_server_metadata}: what the gateway is, and every tool its caller may see. */
final class ServerMetadata {

  private final VisibleTools visible;
  private final Supplier<Node> node;

  ServerMetadata(VisibleTools visible, Supplier<Node> node) {
    this.visible = visible;
    this.node = node;
  }

  Tool tool() {
    var description = "Tells what this server is: version, transports, protocol versions, and "
        + "the tools that you may see.";
    return Tool.named("get_server_metadata", description, Schema.object(), this::tell)
        .titled("Server metadata")
        .returns(output());
  }

  private Future<ToolResult> tell(ToolCall call) {
    return visible.of(call.origin()).map(seen -> {
      var tools = new JsonArray();
      seen.getJsonArray("tools").forEach(tool -> tools.add(summary((JsonObject) tool)));
      return ToolResult.of(metadata(seen.getJsonObject("server"), tools));
    });
  }

  private static JsonObject summary(JsonObject tool) {
    return new JsonObject()
        .put("name", tool.getString("name"))
        .put("description", tool.getString("description", ""))
        .put("read_only", tool.getBoolean("read_only", false))
        .put("tags", tool.getJsonArray("tags", new JsonArray()));
  }

  private JsonObject metadata(JsonObject server, JsonArray tools) {
    var about = node.get().about();
    return new JsonObject()
        .put("name", about.service())
        .put("version", about.version())
        .put("environment", about.environment())
        .put("transports", server.getJsonObject("transports"))
        .put("http_path", server.getString("http_path"))
        .put("protocol_versions", server.getJsonArray("protocol_versions"))
        .put("tool_count", tools.size())
        .put("tools", tools);
  }

  private static Schema output() {
    var text = new JsonObject().put("type", "string");
    var transports = Schema.object()
        .flag("http", "Whether clients come over HTTP")
        .flag("stdio", "Whether a client comes over stdio")
        .require("http", "stdio");
    return Schema.object()
        .text("name", "The product's name")
        .text("version", "The product's version")
        .text("environment", "What the operator calls this installation")
        .nested("transports", "How clients come", transports)
        .text("http_path", "Where clients come over HTTP")
        .list("protocol_versions", "The revisions of MCP spoken, newest first", text)
        .integer("tool_count", "How many tools you may see")
        .list("tools", "The tools you may see, by name", toolOutput(text))
        .require("name", "version", "environment", "transports", "http_path")
        .require("protocol_versions", "tool_count", "tools");
  }

  private static JsonObject toolOutput(JsonObject text) {
    return Schema.object()
        .text("name", "What it is called by")
        .text("description", "What it does")
        .flag("read_only", "Whether it changes nothing")
        .list("tags", "What kind of tool it is", text)
        .require("name", "description", "read_only", "tags")
        .toJson();
  }
}
