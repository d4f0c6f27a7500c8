package io.umbel.tools.compliance.rules;

/** The sentence of a user story: as an operator, I want …. */
final class Story {

  private static final int SHORTEST = 2;
  private static final int LONGEST = 60;
  private static final Phrases WISHES = Phrases.of("i want|i need|i can");

  private Story() {}

  /** Where such a sentence begins in a text of lower case, or -1. */
  static int find(String text) {
    int at = text.indexOf("as a");
    while (at >= 0) {
      int role = role(text, at + "as a".length());
      if (role >= 0 && Chars.isBoundary(text, at) && hasWish(text, role)) {
        return at;
      }
      at = text.indexOf("as a", at + 1);
    }
    return -1;
  }

  private static int role(String text, int at) {
    int end = text.startsWith("n", at) ? at + 1 : at;
    return text.startsWith(" ", end) ? end + 1 : -1;
  }

  /** Whether a wish comes behind a role of bearable length, in the same clause. */
  private static boolean hasWish(String text, int role) {
    int at = role;
    for (int length = 0; length <= LONGEST; length++) {
      if (length >= SHORTEST && isWish(text, at)) {
        return true;
      }
      if (at == text.length() || "\n,.".indexOf(text.charAt(at)) >= 0) {
        return false;
      }
      at += Character.charCount(text.codePointAt(at));
    }
    return false;
  }

  private static boolean isWish(String text, int at) {
    int gap = text.startsWith(",", at) ? at + 1 : at;
    int end = text.startsWith(" ", gap) ? WISHES.endAt(text, gap + 1) : -1;
    return end >= 0 && !Chars.wordAt(text, end);
  }
}
