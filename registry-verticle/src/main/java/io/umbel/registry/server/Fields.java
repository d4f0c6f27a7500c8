package io.umbel.registry.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads members of a JSON object and notes all that is wrong with them. */
final class Fields {

  /** Longer texts are nobody's. */
  private static final int LONGEST = 4_096;

  private final JsonObject json;
  private final String path;
  private final List<Registration.Wrong> wrongs;

  Fields(JsonObject json, String path, List<Registration.Wrong> wrongs) {
    this.json = json;
    this.path = path;
    this.wrongs = wrongs;
  }

  boolean has(String name) {
    return json.getValue(name) != null;
  }

  /** Whether something is there that is more than nothing in other words. */
  boolean isFilled(String name) {
    var value = json.getValue(name);
    return value instanceof JsonArray array
        ? !array.isEmpty()
        : value instanceof JsonObject object
            ? !object.isEmpty()
            : value != null && !value.equals("none");
  }

  void wrong(String name, String message) {
    wrongs.add(new Registration.Wrong(path + name, message));
  }

  void checkNames(Set<String> known) {
    json.fieldNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(name ->
            wrong(name, "is not known; there are: " + String.join(", ", new TreeSet<>(known))));
  }

  /** A text, or null. */
  String text(String name) {
    var value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && text.length() <= LONGEST && !isBlank(text)) {
      return text;
    }
    wrong(name, "has to be a text of 1 to " + LONGEST + " characters");
    return null;
  }

  /** A text that has to be there. */
  String needed(String name, String why) {
    if (!has(name)) {
      wrong(name, why);
      return null;
    }
    return text(name);
  }

  int whole(String name, int min, int max, int absent) {
    var value = json.getValue(name);
    if (value == null) {
      return absent;
    }
    if (value instanceof Integer number && number >= min && number <= max) {
      return number;
    }
    wrong(name, "has to be a whole number from " + min + " to " + max);
    return absent;
  }

  boolean flag(String name, boolean absent) {
    var value = json.getValue(name);
    if (value == null || value instanceof Boolean) {
      return value == null ? absent : (Boolean) value;
    }
    wrong(name, "has to be true or false");
    return absent;
  }

  /** Texts; none where there are none. */
  List<String> texts(String name, int most) {
    var value = json.getValue(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)
        || array.size() > most
        || !array.stream().allMatch(each -> each instanceof String text && fits(text))) {
      wrong(name, "has to be a list of at most " + most + " texts");
      return List.of();
    }
    return array.stream().map(String.class::cast).toList();
  }

  /** An object whose members are texts; none where there is none. */
  Map<String, String> pairs(String name, int most) {
    var value = json.getValue(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof JsonObject object)
        || object.size() > most
        || !object.stream()
            .allMatch(each -> each.getValue() instanceof String text && fits(text))) {
      wrong(name, "has to be an object of at most " + most + " members that are texts");
      return Map.of();
    }
    var pairs = new LinkedHashMap<String, String>();
    object.forEach(each -> pairs.put(each.getKey(), (String) each.getValue()));
    return pairs;
  }

  /** The members of an object that is a member; none where there is none. */
  Fields object(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof JsonObject)) {
      wrong(name, "has to be an object");
    }
    return new Fields(
        value instanceof JsonObject object ? object : new JsonObject(), path + name + "/", wrongs);
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST && text.indexOf('\0') < 0;
  }

  private static boolean isBlank(String text) {
    return text.isBlank() || text.indexOf('\0') >= 0;
  }
}
