package io.umbel.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How this project reads JSON that somebody else wrote: within bounds. */
public final class Json {

  /** The deepest nesting read. */
  public static final int MAX_DEPTH = 100;

  /** Reads trees; never maps to types. */
  public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(200)
          .maxNameLength(1_000)
          .build())
      .build());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** The same value as a tree, for schemas; a missing value is null. */
  static JsonNode tree(Object value) {
    if (value instanceof JsonObject object) {
      var tree = NODES.objectNode();
      object.forEach(member -> tree.set(member.getKey(), tree(member.getValue())));
      return tree;
    }
    if (value instanceof JsonArray array) {
      var tree = NODES.arrayNode();
      array.forEach(item -> tree.add(tree(item)));
      return tree;
    }
    return MAPPER.valueToTree(value);
  }
}
