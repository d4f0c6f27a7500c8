package io.umbel.tools.system;

import io.umbel.contract.Call;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Every tool that the caller of a call may see, read page by page from the gateway that holds it.
 */
final class VisibleTools {

  private static final int PAGE = 200;

  private final CatalogQuestion catalog;

  VisibleTools(CatalogQuestion catalog) {
    this.catalog = catalog;
  }

  /** {@code {tools, server}}: the tools by name, and what the gateway says of itself. */
  Future<JsonObject> of(Call call) {
    return collect(call, new JsonArray());
  }

  private Future<JsonObject> collect(Call call, JsonArray tools) {
    var query = new JsonObject().put("query", "").put("limit", PAGE).put("offset", tools.size());
    return catalog.ask(call, query).compose(page -> {
      var found = page.getJsonArray("tools");
      tools.addAll(found);
      var last = found.isEmpty() || tools.size() >= page.getInteger("total");
      return last
          ? Future.succeededFuture(
              new JsonObject().put("tools", tools).put("server", page.getJsonObject("server")))
          : collect(call, tools);
    });
  }
}
