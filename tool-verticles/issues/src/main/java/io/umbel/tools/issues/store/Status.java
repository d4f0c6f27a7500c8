package io.umbel.tools.issues.store;

/**
 * Where an issue stands.
 *
 * @param word as its tracker calls it
 * @param category {@code todo}, {@code in_progress} or {@code done}; null where only the tracker
 *     can tell
 * @param original what was asked for where the tracker calls it otherwise, or null
 */
public record Status(String word, String category, String original) {

  /** One that a tracker is to understand; null for that in which its issues begin. */
  public static Status asked(String word) {
    return new Status(word, null, null);
  }

  /** Two that say the same, however they were asked for. */
  public boolean isLike(Status other) {
    return word.equals(other.word);
  }
}
