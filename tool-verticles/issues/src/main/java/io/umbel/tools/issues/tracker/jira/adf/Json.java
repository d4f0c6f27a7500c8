package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.List;

/** Nodes of documents, read without trust and written in the way that Jira takes. */
final class Json {

  private Json() {}

  static JsonObject node(String type) {
    return JsonObject.of("type", type);
  }

  static JsonObject node(String type, JsonArray content) {
    return node(type).put("content", content);
  }

  /** What is in a node, as far as that is nodes. */
  static List<JsonObject> content(JsonObject node) {
    return objects(node, "content");
  }

  static List<JsonObject> objects(JsonObject node, String member) {
    return node.getValue(member) instanceof JsonArray all
        ? all.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  static String type(JsonObject node) {
    return text(node, "type");
  }

  /** A text, or the empty one. */
  static String text(JsonObject json, String member) {
    return json.getValue(member) instanceof String text ? text : "";
  }

  static JsonObject attributes(JsonObject node) {
    return node.getValue("attrs") instanceof JsonObject attributes ? attributes : new JsonObject();
  }

  static int number(JsonObject node, String attribute, int absent) {
    return attributes(node).getValue(attribute) instanceof Number number
        ? number.intValue()
        : absent;
  }

  /** All text below a node, however deep, its blocks parted by spaces. */
  static String allText(JsonObject node) {
    var text = new StringBuilder();
    var open = new ArrayDeque<JsonObject>();
    open.push(node);
    while (!open.isEmpty()) {
      var next = open.pop();
      text.append(own(next));
      var content = content(next);
      for (int i = content.size() - 1; i >= 0; i--) {
        open.push(content.get(i));
      }
    }
    return text.toString().strip();
  }

  /** What a node says besides its content. */
  static String own(JsonObject node) {
    var attributes = attributes(node);
    return switch (type(node)) {
      case "text" -> text(node, "text");
      case "paragraph", "heading", "hardBreak", "listItem", "taskItem", "codeBlock" -> " ";
      default ->
        List.of("text", "title", "shortName", "alt", "url").stream()
            .map(name -> text(attributes, name))
            .filter(said -> !said.isEmpty())
            .findFirst()
            .orElse("");
    };
  }
}
