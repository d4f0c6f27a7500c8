package io.umbel.tools.system;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code search_catalog}: the tools in whose name or description a text occurs. */
final class CatalogSearch {

  private final CatalogQuestion catalog;

  CatalogSearch(CatalogQuestion catalog) {
    this.catalog = catalog;
  }

  Tool tool() {
    var description = "Finds what is on offer here by a text in its name or description, whatever "
        + "the case. fetch tells more about a result.";
    return Tool.named("search_catalog", description, input(), this::search)
        .titled("Search catalog")
        .returns(output());
  }

  private Future<ToolResult> search(ToolCall call) {
    var query = new JsonObject()
        .put("query", call.text("query"))
        .put("limit", call.integer("limit", Page.SEARCH_LIMIT))
        .put("offset", call.integer("offset"));
    return catalog.ask(call.origin(), query).map(found -> ToolResult.of(result(query, found)));
  }

  private static JsonObject result(JsonObject query, JsonObject found) {
    var ids = new JsonArray();
    var results = new JsonArray();
    for (var entry : found.getJsonArray("tools")) {
      var result = entry((JsonObject) entry);
      ids.add(result.getString("id"));
      results.add(result);
    }
    var total = found.getInteger("total");
    return new JsonObject()
        .put("ids", ids)
        .put("results", results)
        .put("limit", query.getLong("limit"))
        .put("offset", query.getLong("offset"))
        .put("total", total)
        .put("has_more", query.getLong("offset") + results.size() < total);
  }

  private static JsonObject entry(JsonObject tool) {
    return new JsonObject()
        .put("id", CatalogFetch.TOOL + tool.getString("name"))
        .put("name", tool.getString("name"))
        .put("description", tool.getString("description", ""))
        .put("kind", "tool");
  }

  private static Schema input() {
    var input = Schema.object().text("query", "The text to look for");
    return Page.of(input, Page.SEARCH_LIMIT).require("query");
  }

  private static Schema output() {
    var result = Schema.object()
        .text("id", "What fetch takes")
        .text("name", "What it is called by")
        .text("description", "What it does")
        .choice("kind", "What it is", "tool", "upstream")
        .require("id", "name", "description", "kind");
    return Schema.object()
        .list("ids", "The ids of the results", new JsonObject().put("type", "string"))
        .list("results", "This page, by name", result.toJson())
        .integer("limit", "How many at most")
        .integer("offset", "How many were skipped")
        .integer("total", "How many there are")
        .flag("has_more", "Whether there are more after these")
        .require("ids", "results", "limit", "offset", "total", "has_more");
  }
}
