package io.umbel.registry.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much work a schema can make, found out without compiling it: every reference followed once
 * for each place it stands at. A schema that goes on without end, or refers to what is not inside
 * it, is not used at all; nor is one whose patterns could take a matcher of the usual kind for
 * ever.
 */
final class Bounds {

  private static final int LONGEST = 256 * 1_024;
  private static final int DEEPEST = 60;
  private static final int DEAREST = 5_000;
  private static final String DIALECTS = "https?://json-schema\\.org/draft[-/a-z0-9]*/schema#?";

  /** Keywords whose values are not schemas, whatever they look like. */
  private static final Set<String> NO_SCHEMAS =
      Set.of("const", "enum", "default", "examples", "description", "title", "required");

  private final JsonObject root;
  private final Map<Object, Integer> costs = new HashMap<>();
  private final Set<Object> under = new HashSet<>();
  private int slowest;

  private Bounds(JsonObject root) {
    this.root = root;
  }

  /**
   * What a schema may cost.
   *
   * @param steps for each value it is held against, at most
   * @param power of a text's length that matching its patterns takes, at most
   */
  record Cost(int steps, int power) {}

  /** A schema that is not used, and why. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * What holding anything against it may cost.
   *
   * @throws TooMuch if that is more than anybody is granted
   */
  static Cost of(JsonObject schema) {
    if (schema.encode().length() > LONGEST) {
      throw new TooMuch("it is longer than " + LONGEST + " characters");
    }
    var bounds = new Bounds(schema);
    return new Cost(bounds.cost(schema, 0), bounds.slowest);
  }

  private int cost(Object value, int depth) {
    if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
      return 0;
    }
    if (depth > DEEPEST) {
      throw new TooMuch("it is nested deeper than " + DEEPEST);
    }
    var map = value instanceof JsonObject object ? (Object) object.getMap() : value;
    var key = new Same(map instanceof JsonArray array ? array.getList() : map);
    var known = costs.get(key);
    if (known != null) {
      return known;
    }
    if (!under.add(key)) {
      throw new TooMuch("it refers to itself");
    }
    var cost = 1 + inside(value, depth);
    under.remove(key);
    if (cost > DEAREST) {
      throw new TooMuch("it takes more than " + DEAREST + " steps");
    }
    costs.put(key, cost);
    return cost;
  }

  private int inside(Object value, int depth) {
    var sum = 0;
    if (value instanceof JsonArray array) {
      for (var item : array) {
        sum = limited(sum + cost(item, depth + 1));
      }
      return sum;
    }
    for (var member : (JsonObject) value) {
      if (!NO_SCHEMAS.contains(member.getKey())) {
        sum = limited(sum + member(member.getKey(), member.getValue(), depth));
      }
    }
    return sum;
  }

  private int member(String keyword, Object value, int depth) {
    if (value instanceof String text) {
      switch (keyword) {
        case "$ref", "$dynamicRef", "$recursiveRef" -> {
          return cost(target(text), depth + 1);
        }
        case "$schema" -> checkDialect(text);
        case "pattern" -> slowest = Math.max(slowest, Patterns.power(text));
        default -> {}
      }
      return 0;
    }
    if (keyword.equals("patternProperties") && value instanceof JsonObject properties) {
      properties.fieldNames().forEach(name -> slowest = Math.max(slowest, Patterns.power(name)));
    }
    return cost(value, depth + 1);
  }

  /** Definitions are counted where they stand too, which only makes the sum larger. */
  private Object target(String reference) {
    if (reference.equals("#")) {
      return root;
    }
    if (reference.startsWith("#/")) {
      return at(reference.substring(2).split("/", -1));
    }
    if (reference.startsWith("#")) {
      var anchored = anchored(root, reference.substring(1), 0);
      if (anchored != null) {
        return anchored;
      }
    }
    throw new TooMuch("it refers to what is not inside it");
  }

  private Object at(String[] path) {
    Object here = root;
    for (var step : path) {
      var name = java.net.URLDecoder.decode(
              step.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8)
          .replace("~1", "/")
          .replace("~0", "~");
      here = step(here, name);
    }
    return here;
  }

  private static Object step(Object here, String name) {
    if (here instanceof JsonObject object && object.containsKey(name)) {
      return object.getValue(name);
    }
    if (here instanceof JsonArray array
        && name.matches("[0-9]{1,6}")
        && Integer.parseInt(name) < array.size()) {
      return array.getValue(Integer.parseInt(name));
    }
    throw new TooMuch("it refers to what is not inside it");
  }

  private static Object anchored(Object value, String anchor, int depth) {
    if (depth > DEEPEST) {
      return null;
    }
    if (value instanceof JsonObject object) {
      if (List.of("$anchor", "$dynamicAnchor").stream()
          .anyMatch(word -> anchor.equals(object.getValue(word)))) {
        return object;
      }
      return object.stream()
          .map(member -> anchored(member.getValue(), anchor, depth + 1))
          .filter(java.util.Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    return value instanceof JsonArray array
        ? array.stream()
            .map(item -> anchored(item, anchor, depth + 1))
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElse(null)
        : null;
  }

  private static void checkDialect(String dialect) {
    if (!dialect.matches(DIALECTS)) {
      throw new TooMuch("its dialect is not known here");
    }
  }

  private static int limited(int sum) {
    return Math.min(sum, DEAREST + 1);
  }

  /** The very same object, not one that looks like it. */
  private record Same(Object object) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Same same && same.object == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }
}
