package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What {@code key=value} means for a tool: where its schema wants a number, a flag, a list or an
 * object, the value is read as JSON; everywhere else it is the text it is.
 */
public final class Arguments {

  private final JsonObject properties;

  private Arguments(JsonObject properties) {
    this.properties = properties;
  }

  /**
   * Arguments for that tool.
   *
   * @param definition as {@code tools/list} shows it; empty for a tool that is not known
   */
  public static Arguments of(JsonObject definition) {
    var schema = definition.getJsonObject("inputSchema", new JsonObject());
    return new Arguments(schema.getJsonObject("properties", new JsonObject()));
  }

  /**
   * The arguments as an object.
   *
   * @throws Refusal if one of them is no pair
   */
  public JsonObject read(List<String> pairs) {
    var arguments = new JsonObject();
    for (var pair : pairs) {
      var equals = pair.indexOf('=');
      if (equals < 1) {
        throw Refusal.usage("\"" + pair + "\" is not of the form key=value");
      }
      var name = pair.substring(0, equals);
      arguments.put(name, value(name, pair.substring(equals + 1)));
    }
    return arguments;
  }

  /** What is not the JSON that the schema wants stays a text: the tool says best what is wrong. */
  private Object value(String name, String text) {
    if (wantsText(name)) {
      return text;
    }
    try {
      return Json.decodeValue(text);
    } catch (DecodeException e) {
      return text;
    }
  }

  private boolean wantsText(String name) {
    var type =
        properties.getValue(name) instanceof JsonObject property ? property.getValue("type") : null;
    return type == null
        || type.equals("string")
        || (type instanceof JsonArray several && several.contains("string"));
  }
}
