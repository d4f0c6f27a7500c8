package io.umbel.tools.issues.store;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Locale;

/** What sort of work an issue is, as far as its labels say. */
final class Kind {

  private static final List<String> BUG = List.of("bug", "defect", "error");
  private static final List<String> FEATURE = List.of("feature", "enhancement", "improvement");

  private Kind() {}

  /** {@code bug}, {@code feature} or {@code task}. */
  static String of(JsonArray labels) {
    if (hasOne(labels, BUG)) {
      return "bug";
    }
    return hasOne(labels, FEATURE) ? "feature" : "task";
  }

  private static boolean hasOne(JsonArray labels, List<String> words) {
    return labels.stream()
        .map(label ->
            ((String) label).toLowerCase(Locale.ROOT).replaceFirst("^(type|kind)[:/] ?", ""))
        .anyMatch(words::contains);
  }
}
