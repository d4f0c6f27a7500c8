package io.umbel.tools.issues.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What can be changed of an issue.
 *
 * @param title one line
 * @param description Markdown, perhaps empty
 * @param status where it stands
 * @param priority as the tracker calls it, or null
 * @param labels in the order they were given, each once
 * @param assignee whoever is to do it, or null
 */
public record Fields(
    String title,
    String description,
    Status status,
    String priority,
    List<String> labels,
    String assignee) {

  public Fields {
    labels = labels.stream()
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .distinct()
        .toList();
    priority = emptyIsNone(priority);
    assignee = emptyIsNone(assignee);
  }

  /** What both say of a field, where they do not say the same. */
  public record Difference(String before, String after) {}

  /** By field, in the order of the components. */
  public Map<String, Difference> differences(Fields after) {
    var all = new LinkedHashMap<String, Difference>();
    note(all, "title", title, after.title);
    note(all, "description", description, after.description);
    note(all, "status", status.word(), after.status.word());
    note(all, "priority", priority, after.priority);
    note(all, "labels", String.join(", ", labels), String.join(", ", after.labels));
    note(all, "assignee", assignee, after.assignee);
    return all;
  }

  /** SHA-256 over title, description and the sorted labels, each ended by a zero byte. */
  public String revision() {
    var texts = new ArrayList<>(List.of(title, description));
    labels.stream().sorted().forEach(texts::add);
    return Sha256.of(texts);
  }

  private static void note(Map<String, Difference> all, String field, String before, String after) {
    if (!Objects.equals(before, after)) {
      all.put(field, new Difference(before, after));
    }
  }

  private static String emptyIsNone(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
