package io.umbel.conformance.upstream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Values that suit the simple schemas of the suite. */
final class Examples {

  private Examples() {}

  /** What a tool that needs arguments may be called with. */
  static JsonObject arguments(JsonObject schema) {
    var arguments = new JsonObject();
    for (var property : schema.getJsonObject("properties", new JsonObject())) {
      if (property.getValue() instanceof JsonObject inner) {
        arguments.put(property.getKey(), of(inner));
      }
    }
    return arguments;
  }

  static Object of(JsonObject schema) {
    return switch (schema.getString("type", "string")) {
      case "number", "integer" -> 7;
      case "boolean" -> true;
      case "object" -> arguments(schema);
      case "array" -> new JsonArray();
      default -> "example";
    };
  }
}
