package io.umbel.tools.issues.tracker.jira.adf;

import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/** Jira's panels are GitHub's alerts. */
final class Panels {

  private static final Map<String, String> ALERTS = Map.of(
      "info",
      "NOTE",
      "success",
      "TIP",
      "note",
      "IMPORTANT",
      "warning",
      "WARNING",
      "error",
      "CAUTION");

  private Panels() {}

  /** The first line of such a quote, as in {@code [!NOTE]}. */
  static String alert(String panel) {
    return "[!" + ALERTS.getOrDefault(panel, "NOTE") + "]";
  }

  /** The panel that is meant by the first words of a quote, or null. */
  static String panel(String line) {
    var said = line.strip().toUpperCase(Locale.ROOT);
    return ALERTS.entrySet().stream()
        .filter(entry -> said.equals("[!" + entry.getValue() + "]"))
        .map(Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
