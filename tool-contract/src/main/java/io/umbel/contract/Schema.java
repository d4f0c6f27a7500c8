package io.umbel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Writes the JSON Schema of an object, property by property. What is not named here is refused
 * ({@code additionalProperties: false}).
 *
 * <pre>{@code
 * Schema.object()
 *     .text("query", "What to look for").with("minLength", 1)
 *     .integer("limit", "How many at most").between(1, 50).with("default", 5)
 *     .require("query")
 * }</pre>
 */
public final class Schema {

  /** A keyword of ours: hints for properties that are not there, by their names. */
  static final String INSTEAD = "x-instead";

  private final JsonObject properties = new JsonObject();
  private final JsonArray required = new JsonArray();
  private final JsonObject instead = new JsonObject();
  private JsonObject last;

  private Schema() {}

  /** An object without properties. */
  public static Schema object() {
    return new Schema();
  }

  public Schema text(String name, String description) {
    return property(name, described("string", description));
  }

  public Schema integer(String name, String description) {
    return property(name, described("integer", description));
  }

  public Schema number(String name, String description) {
    return property(name, described("number", description));
  }

  public Schema flag(String name, String description) {
    return property(name, described("boolean", description));
  }

  /** One of these words. */
  public Schema choice(String name, String description, String... words) {
    return property(
        name, described("string", description).put("enum", new JsonArray(List.of(words))));
  }

  /** A list whose entries follow that schema. */
  public Schema list(String name, String description, JsonObject items) {
    return property(name, described("array", description).put("items", items));
  }

  /** An object of its own. */
  public Schema nested(String name, String description, Schema schema) {
    return property(name, schema.toJson().put("description", description));
  }

  /** A property with any schema. */
  public Schema property(String name, JsonObject schema) {
    last = schema;
    properties.put(name, schema);
    return this;
  }

  /** Adds a keyword to the property named last. */
  public Schema with(String keyword, Object value) {
    last.put(keyword, value);
    return this;
  }

  /** Bounds the property named last, both ends included. */
  public Schema between(long minimum, long maximum) {
    return with("minimum", minimum).with("maximum", maximum);
  }

  /** Names the properties that must be there. */
  public Schema require(String... names) {
    List.of(names).forEach(required::add);
    return this;
  }

  /**
   * What to tell whoever gives a property that is not named here, as in {@code use description}.
   */
  public Schema instead(String name, String hint) {
    instead.put(name, hint);
    return this;
  }

  /** The schema as JSON; a new object each time. */
  public JsonObject toJson() {
    var schema = new JsonObject().put("type", "object").put("properties", properties.copy());
    if (!required.isEmpty()) {
      schema.put("required", required.copy());
    }
    if (!instead.isEmpty()) {
      schema.put(INSTEAD, instead.copy());
    }
    return schema.put("additionalProperties", false);
  }

  private static JsonObject described(String type, String description) {
    return new JsonObject().put("type", type).put("description", description);
  }
}
