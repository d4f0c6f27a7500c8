package io.umbel.tools.issues.tracker.jira;

import java.util.Locale;
import java.util.Set;

/** Jira's issue types in the three words that all trackers share. */
final class Types {

  private static final Set<String> BUG = Set.of("bug", "defect", "error", "fault");
  private static final Set<String> FEATURE = Set.of(
      "feature",
      "new feature",
      "feature request",
      "enhancement",
      "improvement",
      "story",
      "user story");

  private Types() {}

  /** {@code bug}, {@code feature} or {@code task}. */
  static String normal(String type) {
    var word = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    if (BUG.contains(word)) {
      return "bug";
    }
    return FEATURE.contains(word) ? "feature" : "task";
  }
}
