package io.umbel.tools.compliance.rules;

/** Labels that say how large an issue is, such as {@code size: S} or {@code points/3}. */
final class SizeLabels {

  private static final Phrases SIZES = Phrases.of("size|estimate|points|point|sp|effort");

  private SizeLabels() {}

  /** Whether there is one among labels of lower case, with spaces between them. */
  static boolean in(String labels) {
    for (int at = 0; at < labels.length(); at++) {
      int end = SIZES.endAt(labels, at);
      if (end >= 0 && end < labels.length() && isSeparator(labels.charAt(end))) {
        int value = Chars.skipSpace(labels, end + 1);
        if (Chars.wordAt(labels, value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSeparator(char character) {
    return ":/ ".indexOf(character) >= 0;
  }
}
