package io.umbel.gateway.legacy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is noted of one session: entries, of each of which the latest counts, in whatever order they
 * are heard of.
 */
final class SessionNote {

  static final String ENDED = "ended";
  static final String LEVEL = "level";

  /** Before the URI of a resource. */
  static final String WATCHES = "watches ";

  private final long until;
  private final Map<String, Entry> entries = new HashMap<>();

  /** What is noted, or null for what is so no longer. */
  private record Entry(String value, long stamp) {
    private static final Comparator<Entry> LATEST = Comparator.comparingLong(Entry::stamp)
        .thenComparing(Entry::value, Comparator.nullsFirst(Comparator.naturalOrder()));

    boolean isLaterThan(Entry other) {
      return other == null || LATEST.compare(this, other) > 0;
    }
  }

  /**
   * An empty note.
   *
   * @param until when the session expires, in milliseconds since 1970
   */
  SessionNote(long until) {
    this.until = until;
  }

  long until() {
    return until;
  }

  boolean hasEnded() {
    return value(ENDED) != null;
  }

  /** The log level it set, or null. */
  String level() {
    return value(LEVEL);
  }

  boolean watches(String uri) {
    return value(WATCHES + uri) != null;
  }

  /** The URIs of the resources that it watches. */
  Set<String> resources() {
    return entries.entrySet().stream()
        .filter(each -> each.getKey().startsWith(WATCHES))
        .filter(each -> each.getValue().value() != null)
        .map(each -> each.getKey().substring(WATCHES.length()))
        .collect(Collectors.toSet());
  }

  /**
   * Notes an entry.
   *
   * @return whether this was news
   */
  boolean put(String name, String value, long stamp) {
    var entry = new Entry(value, stamp);
    var isLatest = entry.isLaterThan(entries.get(name));
    if (isLatest) {
      entries.put(name, entry);
    }
    return isLatest;
  }

  /** Nothing older than that stamp is still under way: what is no more need not be known. */
  void forgetWhatIsNoMore(long before) {
    entries.values().removeIf(entry -> entry.value() == null && entry.stamp() < before);
  }

  private String value(String name) {
    var entry = entries.get(name);
    return entry == null ? null : entry.value();
  }
}
