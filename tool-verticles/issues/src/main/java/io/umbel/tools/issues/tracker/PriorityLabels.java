package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How urgent an issue is where its tracker has nothing but labels for it: one label says it, as in
 * {@code priority:high}. That label is the priority, and is not among the labels.
 *
 * @param prefix all of such a label before the word
 */
public record PriorityLabels(String prefix) {

  private static final List<String> PRIORITIES = List.of("high", "medium", "low");

  /** What these labels say of the priority, or null. */
  public String priority(List<String> labels) {
    return labels.stream()
        .filter(this::isOne)
        .map(label -> label.substring(prefix.length()).toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(null);
  }

  /** Those that say nothing of it. */
  public List<String> others(List<String> labels) {
    return labels.stream().filter(label -> !isOne(label)).toList();
  }

  /** All labels of an issue that is to be new. */
  public List<String> all(Fields wanted) {
    var said = priority(wanted.labels());
    return with(wanted.labels(), wanted.priority() == null ? said : word(wanted.priority()));
  }

  /**
   * All labels that an issue is to have, where they are others than it has; else null. Where labels
   * say a priority and nobody asked for another, they are what is meant.
   */
  public List<String> changed(Fields before, Fields wanted) {
    var isAsked = !Objects.equals(before.priority(), wanted.priority());
    var said = priority(wanted.labels());
    var unasked = said == null ? before.priority() : said;
    var all = with(wanted.labels(), isAsked ? word(wanted.priority()) : unasked);
    return all.equals(with(before.labels(), before.priority())) ? null : all;
  }

  private List<String> with(List<String> labels, String priority) {
    var all = new ArrayList<>(others(labels));
    if (priority != null) {
      all.add(prefix + priority);
    }
    return all;
  }

  private boolean isOne(String label) {
    return label.regionMatches(true, 0, prefix, 0, prefix.length())
        && PRIORITIES.contains(label.substring(prefix.length()).toLowerCase(Locale.ROOT));
  }

  private static String word(String asked) {
    if (asked == null) {
      return null;
    }
    var word = asked.strip().toLowerCase(Locale.ROOT);
    if (!PRIORITIES.contains(word)) {
      throw Refused.notOneOf("priority", asked, PRIORITIES);
    }
    return word;
  }
}
