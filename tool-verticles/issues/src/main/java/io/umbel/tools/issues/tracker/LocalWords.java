package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of a local tracker: what its issues may stand at, and how urgent they may be. */
final class LocalWords {

  private static final String FIRST = "open";
  private static final List<String> STATUSES =
      List.of(FIRST, "in_progress", "in_review", "done", "closed");
  private static final List<String> PRIORITIES = List.of("low", "medium", "high", "critical");
  private static final Map<String, String> ALSO_CALLED = Map.of(
      "todo",
      FIRST,
      "to_do",
      FIRST,
      "new",
      FIRST,
      "reopened",
      FIRST,
      "doing",
      "in_progress",
      "review",
      "in_review",
      "resolved",
      "done",
      "wontfix",
      "closed");

  private LocalWords() {}

  /** The status that is meant; null and nothing is that in which issues begin. */
  static Status status(String asked) {
    if (asked == null) {
      return new Status(FIRST, category(FIRST), null);
    }
    var word = asked.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]", "_");
    var meant = ALSO_CALLED.getOrDefault(word, word);
    if (!STATUSES.contains(meant)) {
      throw Refused.notOneOf("status", asked, STATUSES);
    }
    return new Status(meant, category(meant), meant.equals(asked) ? null : asked);
  }

  /** The priority that is meant; null is none. */
  static String priority(String asked) {
    if (asked == null) {
      return null;
    }
    var word = asked.strip().toLowerCase(Locale.ROOT);
    if (!PRIORITIES.contains(word)) {
      throw Refused.notOneOf("priority", asked, PRIORITIES);
    }
    return word;
  }

  private static String category(String status) {
    return switch (status) {
      case "in_progress", "in_review" -> "in_progress";
      case "done", "closed" -> "done";
      default -> "todo";
    };
  }
}
