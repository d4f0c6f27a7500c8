package io.umbel.tools.system;

import io.umbel.contract.Call;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Every tool, or thing of another kind, that the caller of a call may see, read page by page from
 * the gateway that holds it.
 */
final class VisibleTools {

  private static final int PAGE = 200;

  private final CatalogQuestion catalog;

  VisibleTools(CatalogQuestion catalog) {
    this.catalog = catalog;
  }

  /** {@code {tools, server}}: the tools by name, and what the gateway says of itself. */
  Future<JsonObject> of(Call call) {
    return of(call, "tools");
  }

  /**
   * {@code {<kind>, server}}.
   *
   * @param kind {@code tools}, {@code prompts}, {@code resources} or {@code resourceTemplates}
   */
  Future<JsonObject> of(Call call, String kind) {
    return collect(call, kind, new JsonArray());
  }

  private Future<JsonObject> collect(Call call, String kind, JsonArray all) {
    var query = new JsonObject()
        .put("kind", kind)
        .put("query", "")
        .put("limit", PAGE)
        .put("offset", all.size());
    return catalog.ask(call, query).compose(page -> {
      var found = page.getJsonArray(kind, new JsonArray());
      all.addAll(found);
      var last = found.isEmpty() || all.size() >= page.getInteger("total");
      return last
          ? Future.succeededFuture(
              new JsonObject().put(kind, all).put("server", page.getJsonObject("server")))
          : collect(call, kind, all);
    });
  }
}
