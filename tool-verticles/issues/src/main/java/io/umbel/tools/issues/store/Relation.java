package io.umbel.tools.issues.store;

import java.util.Locale;

/** How one issue stands to another. */
public enum Relation {
  BLOCKS("is_blocked_by"),
  IS_BLOCKED_BY("blocks"),
  RELATES_TO("relates_to"),
  DUPLICATES("is_duplicated_by");

  private final String fromTheOtherEnd;

  Relation(String fromTheOtherEnd) {
    this.fromTheOtherEnd = fromTheOtherEnd;
  }

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How the other issue stands to the first. */
  public String fromTheOtherEnd() {
    return fromTheOtherEnd;
  }

  /** The one of that word, which is known to be one. */
  public static Relation of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
