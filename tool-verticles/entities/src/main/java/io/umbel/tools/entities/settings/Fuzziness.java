package io.umbel.tools.entities.settings;

/**
 * How far a word may be from what is looked for, in edits: one letter more, less, other, or two
 * swapped.
 */
public enum Fuzziness {
  /** The words as they are, one after the other. */
  NONE("0"),
  ONE("1"),
  TWO("2"),
  /** By the length of the word. */
  AUTO("AUTO");

  private static final int SHORT = 2;
  private static final int MEDIUM = 5;

  private final String word;

  Fuzziness(String word) {
    this.word = word;
  }

  /** That of this word; null where there is none. */
  static Fuzziness of(String word) {
    for (var one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    return null;
  }

  /** As files and Elasticsearch spell it. */
  public String word() {
    return word;
  }

  /** How many edits a word of so many letters may be away. */
  public int edits(int letters) {
    return switch (this) {
      case NONE -> 0;
      case ONE -> 1;
      case TWO -> 2;
      case AUTO -> letters <= SHORT ? 0 : letters <= MEDIUM ? 1 : 2;
    };
  }
}
