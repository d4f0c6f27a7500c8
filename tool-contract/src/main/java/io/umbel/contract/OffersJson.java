package io.umbel.contract;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** How offers travel, in announcements and in provisions. */
final class OffersJson {

  private OffersJson() {}

  /** Adds the four lists. */
  static JsonObject write(Offers offers, JsonObject json) {
    return json.put(
            "tools",
            new JsonArray(offers.tools().stream().map(OffersJson::write).toList()))
        .put("prompts", new JsonArray(offers.prompts()))
        .put("resources", new JsonArray(offers.resources()))
        .put("templates", new JsonArray(offers.templates()));
  }

  /** The four lists; what is absent is empty, unknown members are ignored. */
  static Offers read(JsonObject json) {
    return new Offers(
        objects(json, "tools").stream().map(OffersJson::readTool).toList(),
        objects(json, "prompts"),
        objects(json, "resources"),
        objects(json, "templates"));
  }

  private static JsonObject write(OfferedTool tool) {
    var json = new JsonObject()
        .put("definition", tool.definition())
        .put("tags", new JsonArray(tool.tags()))
        .put("timeoutMs", tool.timeoutMillis());
    return tool.cacheMillis() == 0 ? json : json.put("cacheMs", tool.cacheMillis());
  }

  private static OfferedTool readTool(JsonObject json) {
    return new OfferedTool(
        json.getJsonObject("definition"),
        json.getJsonArray("tags", new JsonArray()).stream()
            .map(String.class::cast)
            .collect(Collectors.toUnmodifiableList()),
        json.getLong("timeoutMs", Tool.DEFAULT_TIMEOUT.toMillis()),
        json.getLong("cacheMs", 0L));
  }

  private static List<JsonObject> objects(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toUnmodifiableList());
  }
}
