package io.umbel.tools.compliance.rules;

/** Numbers of versions, such as {@code 1.2} or {@code v1.2.3}. */
final class Versions {

  private Versions() {}

  /** Whether a text of lower case has one. */
  static boolean in(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Chars.beginsWord(text, at) && isVersion(text, text.charAt(at) == 'v' ? at + 1 : at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVersion(String text, int at) {
    int dot = Chars.skipDigits(text, at);
    int end = Chars.skipDigits(text, dot + 1);
    return dot > at && text.startsWith(".", dot) && end > dot + 1 && !Chars.wordAt(text, end);
  }
}
