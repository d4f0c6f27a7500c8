package io.umbel.registry.manage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.TreeSet;

/** In what two JSON values differ, for people: a list that ends when it is long enough. */
final class Unlike {

  private static final int MOST = 100;
  private static final int LONGEST = 2_000;

  private final JsonArray found = new JsonArray();

  private Unlike() {}

  /** The differences: {@code [{pointer, before?, after?}]}. */
  static JsonArray of(JsonObject before, JsonObject after) {
    var unlike = new Unlike();
    unlike.compare("", before, after);
    return unlike.found;
  }

  private void compare(String pointer, Object before, Object after) {
    if (Objects.equals(before, after) || found.size() >= MOST) {
      return;
    }
    if (before instanceof JsonObject one && after instanceof JsonObject other) {
      var names = new TreeSet<>(one.fieldNames());
      names.addAll(other.fieldNames());
      names.forEach(
          name -> compare(pointer + "/" + escaped(name), one.getValue(name), other.getValue(name)));
      return;
    }
    if (before instanceof JsonArray one
        && after instanceof JsonArray other
        && one.size() == other.size()) {
      for (var i = 0; i < one.size(); i++) {
        compare(pointer + "/" + i, one.getValue(i), other.getValue(i));
      }
      return;
    }
    found.add(JsonObject.of("pointer", pointer, "before", cut(before), "after", cut(after)));
  }

  /** RFC 6901. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static Object cut(Object value) {
    var text = value instanceof String string ? string : value == null ? "" : value.toString();
    return text.length() <= LONGEST ? value : text.substring(0, LONGEST) + "…";
  }
}
