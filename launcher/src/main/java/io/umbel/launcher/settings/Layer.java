package io.umbel.launcher.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One place that settings come from; a later layer wins over an earlier one.
 *
 * @param entries what it says, in its own order
 */
public record Layer(List<Entry> entries) {

  /**
   * One thing said.
   *
   * @param key what is set, or null where nothing goes by that name
   * @param name as this layer spells it, with where it was found
   * @param value as a text
   */
  public record Entry(Key key, String name, String value) {}

  /** A file: {@code umbel.port}, or {@code port} inside {@code umbel}. Other words are not ours. */
  public static Layer ofFile(Path file, JsonObject content) {
    var entries = new ArrayList<Entry>();
    flatten(content, "", file, entries);
    return new Layer(entries);
  }

  /** Environment variables. What is not in the table belongs to somebody else; empty is unset. */
  public static Layer ofEnvironment(JsonObject variables) {
    return new Layer(Key.all().stream()
        .filter(key -> !variables.getString(key.env(), "").isBlank())
        .map(key -> new Entry(key, key.env(), variables.getString(key.env()).strip()))
        .toList());
  }

  private static void flatten(JsonObject object, String prefix, Path file, List<Entry> into) {
    for (var member : object) {
      var name = prefix + member.getKey();
      if (member.getValue() instanceof JsonObject nested) {
        flatten(nested, name + ".", file, into);
      } else if (isOurs(name) && member.getValue() != null) {
        var key = Key.named(name).orElse(null);
        into.add(new Entry(key, name + " in " + file, text(member.getValue())));
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.matches("(umbel|mcp)(\\..*)?|rate\\.limit(\\..*)?");
  }

  private static String text(Object value) {
    return value instanceof JsonArray list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value).strip();
  }
}
