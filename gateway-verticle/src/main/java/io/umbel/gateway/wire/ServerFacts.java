package io.umbel.gateway.wire;

import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.vertx.core.json.JsonObject;

/**
 * What this gateway says of itself to clients of either era.
 *
 * @param info the MCP {@code Implementation} object
 * @param capabilities what it can do
 * @param instructions for the model
 */
public record ServerFacts(JsonObject info, JsonObject capabilities, String instructions) {

  private static final String INSTRUCTIONS =
      "Umbel is a gateway: its tools come from several providers. "
          + "search_catalog finds a tool by words, fetch shows its full definition.";

  private static final String ONE =
      "Umbel is a gateway: what is here comes from the server %s, by its own names.";

  /** The facts of the gateway on that node. */
  public static ServerFacts of(Node node) {
    var about = node.about();
    var info = new JsonObject()
        .put("name", about.service())
        .put("title", "Umbel")
        .put("version", about.version());
    return new ServerFacts(info, abilities(), INSTRUCTIONS);
  }

  /** What the model is told where that caller comes from. */
  public String instructionsFor(Caller caller) {
    var server = caller.reach().server();
    return server == null ? instructions : ONE.formatted(server);
  }

  private static JsonObject abilities() {
    var changes = new JsonObject().put("listChanged", true);
    return new JsonObject()
        .put("tools", changes)
        .put("prompts", changes.copy())
        .put("resources", changes.copy().put("subscribe", true))
        .put("completions", new JsonObject())
        .put("logging", new JsonObject());
  }
}
