package io.umbel.launcher.client;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tools and results as people read them. */
public final class Shown {

  private Shown() {}

  /** One tool a line: its name, its arguments, and the first line of what it says of itself. */
  public static String tools(List<JsonObject> tools) {
    var heads = tools.stream().map(Shown::head).toList();
    var width = heads.stream().mapToInt(String::length).max().orElse(0);
    var lines = new StringBuilder();
    for (int i = 0; i < tools.size(); i++) {
      var head = heads.get(i);
      lines.append(head).append(" ".repeat(width - head.length() + 2));
      lines.append(summary(tools.get(i))).append('\n');
    }
    return lines.toString().stripTrailing();
  }

  /** A result: what is structured as JSON, else its texts. */
  public static String result(JsonObject result) {
    var structured = result.getValue("structuredContent");
    return structured == null ? texts(result) : Json.encodePrettily(structured);
  }

  /** Why a tool failed, in its own words. */
  public static String failure(JsonObject result) {
    if (result.getValue("structuredContent") instanceof JsonObject structured
        && structured.getValue("error") instanceof JsonObject error) {
      return error.getString("message") + " (" + error.getString("code") + ")";
    }
    return texts(result);
  }

  private static String texts(JsonObject result) {
    return result.getJsonArray("content", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(block -> block.getString("text", block.encodePrettily()))
        .collect(Collectors.joining("\n"));
  }

  private static String head(JsonObject tool) {
    var schema = tool.getJsonObject("inputSchema", new JsonObject());
    var required = schema.getJsonArray("required", new JsonArray());
    var properties = schema.getJsonObject("properties", new JsonObject()).stream();
    return tool.getString("name")
        + properties
            .map(Map.Entry::getKey)
            .map(name -> required.contains(name) ? " " + name + "=" : " [" + name + "=]")
            .collect(Collectors.joining());
  }

  private static String summary(JsonObject tool) {
    return tool.getString("description", "").lines().findFirst().orElse("");
  }
}
