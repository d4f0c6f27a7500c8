package io.umbel.tools.issues.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What sort of work an issue is, as far as its tracker's own type or its labels say. */
final class Kind {

  private static final List<String> BUG = List.of("bug", "defect", "error");
  private static final List<String> FEATURE = List.of("feature", "enhancement", "improvement");

  private static final String TASK = "task";

  private Kind() {}

  /**
   * {@code bug}, {@code feature} or {@code task}. Where the tracker's own type says no more than
   * that it is work, its labels decide.
   *
   * @param kept what is kept of it: {@code type} where its tracker tells it in these words, and
   *     {@code original_type} as its tracker calls it
   */
  static String of(JsonObject kept, JsonArray labels) {
    var own = new JsonArray();
    Stream.of("type", "original_type")
        .map(kept::getString)
        .filter(Objects::nonNull)
        .forEach(own::add);
    var type = of(own);
    return type.equals(TASK) ? of(labels) : type;
  }

  private static String of(JsonArray words) {
    if (hasOne(words, BUG)) {
      return "bug";
    }
    return hasOne(words, FEATURE) ? "feature" : TASK;
  }

  private static boolean hasOne(JsonArray labels, List<String> words) {
    return labels.stream()
        .map(label ->
            ((String) label).toLowerCase(Locale.ROOT).replaceFirst("^(type|kind)[:/] ?", ""))
        .anyMatch(words::contains);
  }
}
