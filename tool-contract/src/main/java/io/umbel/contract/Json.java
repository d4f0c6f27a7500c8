package io.umbel.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
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

  private Json() {}

  /** The same value as a tree, for schemas; a missing value is null. */
  static JsonNode tree(JsonObject json) {
    try {
      return json == null ? NullNode.getInstance() : MAPPER.readTree(json.encode());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What Vert.x encoded is JSON", e);
    }
  }
}
