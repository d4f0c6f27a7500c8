package io.umbel.tools.system;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code fetch}: everything about one entry of the catalog. */
final class CatalogFetch {

  /** What the id of a tool begins with. */
  static final String TOOL = "tool:";

  private final CatalogQuestion catalog;
  private final IssueFetch issues;

  CatalogFetch(CatalogQuestion catalog, IssueFetch issues) {
    this.catalog = catalog;
    this.issues = issues;
  }

  Tool tool() {
    var description = "Gives everything about one thing by its id, as search_catalog or search "
        + "gives it: of a tool its full definition with its schemas, of an issue all that get_issue "
        + "tells, with its comments.";
    return Tool.named("fetch", description, input(), this::fetch)
        .titled("Fetch")
        .returns(output());
  }

  private Future<ToolResult> fetch(ToolCall call) {
    if (call.has("id") == call.has("resource_id")) {
      return failure(ErrorCode.INVALID_ARGUMENT, "Give either id or its alias resource_id");
    }
    var id = call.text("id", call.text("resource_id"));
    return id.startsWith(TOOL) ? fetchTool(call, id) : fetchIssue(call, id);
  }

  private Future<ToolResult> fetchTool(ToolCall call, String id) {
    var query = new JsonObject().put("name", id.substring(TOOL.length()));
    return catalog.ask(call.origin(), query).compose(found -> {
      var tool = found.getJsonObject("tool");
      return tool == null ? nothing() : Future.succeededFuture(ToolResult.of(entry(id, tool)));
    });
  }

  private Future<ToolResult> fetchIssue(ToolCall call, String id) {
    return issues
        .fetch(call, id)
        .compose(found ->
            found.isEmpty() ? nothing() : Future.succeededFuture(ToolResult.of(found.get())));
  }

  private static JsonObject entry(String id, JsonObject tool) {
    var definition = tool.getJsonObject("definition");
    return new JsonObject()
        .put("id", id)
        .put("kind", "tool")
        .put("name", definition.getString("name"))
        .put("description", definition.getString("description", ""))
        .put("provider", tool.getString("provider"))
        .put("tags", tool.getJsonArray("tags"))
        .put("definition", definition);
  }

  /** One sentence for what does not exist and what this caller may not see. */
  private static Future<ToolResult> nothing() {
    return failure(ErrorCode.NOT_FOUND, "Nothing has that id; search_catalog and search find ids");
  }

  private static Future<ToolResult> failure(ErrorCode code, String message) {
    return Future.succeededFuture(ToolResult.failure(code, message));
  }

  private static Schema input() {
    return Schema.object()
        .text("id", "What to fetch, as in tool:add or issue:8b3f0c21-…")
        .text("resource_id", "Another name of id; give one of the two");
  }

  private static Schema output() {
    var definition = new JsonObject()
        .put("type", "object")
        .put("description", "The tool as tools/list gives it, with its schemas");
    var issue = new JsonObject()
        .put("type", "object")
        .put("description", "The issue, or the one that the comment is of, as get_issue gives it");
    return Schema.object()
        .text("id", "What was asked for")
        .choice("kind", "What it is", "tool", "issue", "comment")
        .text("name", "What it is called by; of an issue its key")
        .text("description", "What it does; of an issue its title")
        .text("provider", "Who offers it")
        .list("tags", "What kind of tool it is", new JsonObject().put("type", "string"))
        .property("definition", definition)
        .property("issue", issue)
        .require("id", "kind", "name", "description");
  }
}
