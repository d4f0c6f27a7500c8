package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.manage.Denied.Wrong;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Looks at the members of a body, and gathers all that is wrong with them. */
final class Checks {

  private final JsonObject body;
  private final List<Wrong> wrongs = new ArrayList<>();

  Checks(JsonObject body) {
    this.body = body;
  }

  JsonObject body() {
    return body;
  }

  /** Throws {@link Denied} where anything was wrong. */
  void end() {
    if (!wrongs.isEmpty()) {
      throw Denied.invalid(wrongs);
    }
  }

  void wrong(String pointer, String message) {
    wrongs.add(new Wrong(pointer, message));
  }

  void members(JsonObject json, String at, Collection<String> known) {
    var all = String.join(", ", new TreeSet<>(known));
    json.fieldNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> wrong(at + name, "is not known; there are: " + all));
  }

  void text(JsonObject json, String at, String name, boolean needed, int longest) {
    var value = json.getValue(name);
    var isText = value instanceof String text && !text.isBlank() && text.length() <= longest;
    if (value == null ? needed : !isText) {
      wrong(at + name, "has to be a text of 1 to " + longest + " characters");
    }
  }

  void word(JsonObject json, String at, String name, Set<String> words) {
    if (!(json.getValue(name) instanceof String word) || !words.contains(word)) {
      wrong(at + name, "has to be one of " + String.join(", ", new TreeSet<>(words)));
    }
  }

  void flag(String name) {
    if (body.containsKey(name) && !(body.getValue(name) instanceof Boolean)) {
      wrong("/" + name, "has to be true or false");
    }
  }

  /** Has each entry of a list looked at, which is told where it stands. */
  void list(String name, int most, BiConsumer<JsonObject, String> check) {
    if (!body.containsKey(name)) {
      return;
    }
    if (!(body.getValue(name) instanceof JsonArray list) || list.size() > most) {
      wrong("/" + name, "has to be a list of at most " + most);
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      var at = "/" + name + "/" + i;
      if (list.getValue(i) instanceof JsonObject entry) {
        check.accept(entry, at + "/");
      } else {
        wrong(at, "has to be an object");
      }
    }
  }
}
