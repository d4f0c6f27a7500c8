package io.umbel.registry.schema;

/**
 * How long a matcher that goes back and tries again may take for a regular expression, as the power
 * of the text's length: one for each thing that may be repeated without end, and one for where to
 * begin. What repeats inside what repeats has no bound that helps.
 */
final class Patterns {

  private static final int LONGEST = 512;
  private static final int MOST = 3;

  private final String pattern;
  private int at;
  private int repeats;

  private Patterns(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The power.
   *
   * @throws Bounds.TooMuch where it is too high, or not found out
   */
  static int power(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new Bounds.TooMuch("a pattern in it is longer than " + LONGEST + " characters");
    }
    var patterns = new Patterns(pattern);
    while (patterns.at < pattern.length()) {
      patterns.group();
      patterns.at++;
    }
    var power = patterns.repeats + (pattern.startsWith("^") ? 0 : 1);
    if (power > MOST) {
      throw tooSlow();
    }
    return power;
  }

  /** Up to the end of this group; whether something in it is repeated. */
  private boolean group() {
    var repeated = false;
    var inner = false;
    for (; at < pattern.length() && pattern.charAt(at) != ')'; at++) {
      switch (pattern.charAt(at)) {
        case '\\' -> at = escaped();
        case '[' -> skipClass();
        case '(' -> {
          at++;
          inner = group();
          repeated |= inner;
          if (inner && isRepeatedNext()) {
            throw tooSlow();
          }
        }
        case '*', '+', '{' -> {
          if (isRepeat()) {
            repeats++;
            repeated = true;
          }
        }
        default -> {}
      }
    }
    return repeated;
  }

  private boolean isRepeatedNext() {
    var next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    return next == '*' || next == '+' || next == '{';
  }

  /** {@code {2}} repeats little, {@code {2,}} and {@code {0,1000}} without end. */
  private boolean isRepeat() {
    if (pattern.charAt(at) != '{') {
      return true;
    }
    return !pattern.substring(at).matches("(?s)\\{[0-9]{1,2}(,[0-9]{1,2})?}.*");
  }

  /** A reference back to a group makes any bound useless. */
  private int escaped() {
    var next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    if ((next >= '1' && next <= '9') || next == 'k') {
      throw tooSlow();
    }
    return at + 1;
  }

  private void skipClass() {
    at++;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
  }

  private static Bounds.TooMuch tooSlow() {
    return new Bounds.TooMuch("a pattern in it may take too long");
  }
}
