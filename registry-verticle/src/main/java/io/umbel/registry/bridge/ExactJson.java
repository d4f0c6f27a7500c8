package io.umbel.registry.bridge;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.umbel.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * Reads JSON without losing a digit: a fraction stays the decimal number that it was written as.
 */
final class ExactJson {

  private static final ObjectReader READER = Json.MAPPER
      .reader()
      .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private ExactJson() {}

  /**
   * An object, as schemas look at it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JsonNode tree(Buffer bytes) {
    try {
      var tree = READER.readTree(bytes.getBytes());
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Not JSON", e);
    }
    throw new IllegalArgumentException("Not a JSON object");
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case NUMBER -> node.numberValue();
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      default -> null;
    };
  }

  /** The same for whoever changes it. */
  static JsonObject object(JsonNode node) {
    var object = new JsonObject();
    node.properties().forEach(member -> object.put(member.getKey(), value(member.getValue())));
    return object;
  }

  private static JsonArray array(JsonNode node) {
    var array = new JsonArray();
    node.forEach(item -> array.add(value(item)));
    return array;
  }
}
