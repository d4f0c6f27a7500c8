package io.umbel.registry.upstream.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * An argument that a header repeats.
 *
 * @param header the end of its name
 * @param path the members that lead to the argument
 */
record MirroredParam(String header, List<String> path) {

  private static final String ANNOTATION = "x-mcp-header";
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  /** What stands there, or null. */
  Object in(JsonObject arguments) {
    Object here = arguments;
    for (var member : path) {
      here = here instanceof JsonObject object ? object.getValue(member) : null;
    }
    return here;
  }

  /**
   * All that a schema of arguments declares.
   *
   * @throws IllegalArgumentException if it declares one in a way that is not allowed
   */
  static List<MirroredParam> declaredBy(JsonObject schema) {
    if (!mentions(schema)) {
      return List.of();
    }
    var all = new ArrayList<MirroredParam>();
    collect(schema, List.of(), all);
    var names = new TreeSet<String>();
    for (var one : all) {
      if (!names.add(one.header.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("two of its arguments share a header");
      }
    }
    if (all.size() != count(schema)) {
      throw new IllegalArgumentException("a header repeats something that is no argument");
    }
    return all;
  }

  private static void collect(JsonObject schema, List<String> path, List<MirroredParam> all) {
    if (!(schema.getValue("properties") instanceof JsonObject properties)) {
      return;
    }
    for (var property : properties) {
      if (property.getValue() instanceof JsonObject inner) {
        var here = new ArrayList<>(path);
        here.add(property.getKey());
        if (inner.containsKey(ANNOTATION)) {
          all.add(new MirroredParam(name(inner), List.copyOf(here)));
        }
        collect(inner, here, all);
      }
    }
  }

  private static String name(JsonObject property) {
    if (!(property.getValue("type") instanceof String type) || !TYPES.contains(type)) {
      throw new IllegalArgumentException("a header repeats what is no text, integer or boolean");
    }
    if (property.getValue(ANNOTATION) instanceof String name
        && name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      return name;
    }
    throw new IllegalArgumentException("a header has a name that no header can have");
  }

  private static boolean mentions(Object schema) {
    return count(schema) > 0;
  }

  /** How often a schema annotates anything, wherever; properties may be named like that, too. */
  private static int count(Object schema) {
    var count = 0;
    if (schema instanceof JsonObject object) {
      for (var member : object) {
        var isName =
            member.getKey().equals(ANNOTATION) && !(member.getValue() instanceof JsonObject);
        count += isName ? 1 : count(member.getValue());
      }
    } else if (schema instanceof JsonArray array) {
      for (var item : array) {
        count += count(item);
      }
    }
    return count;
  }
}
