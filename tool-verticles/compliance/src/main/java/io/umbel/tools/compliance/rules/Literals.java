package io.umbel.tools.compliance.rules;

/** Values that a text spells out: numbers, and what stands in quotes or in code marks. */
final class Literals {

  private Literals() {}

  /** Whether there is a number, or something in quotes or code marks. */
  static boolean in(String text) {
    return text.codePoints().anyMatch(Chars::isDigit)
        || isQuoted(text, '`', 1)
        || isQuoted(text, '"', 1)
        || isQuoted(text, '\'', 2);
  }

  /** Whether something stands in code marks. */
  static boolean hasCode(String text) {
    return isQuoted(text, '`', 1);
  }

  /** Whether two marks that follow each other have at least so many characters between them. */
  private static boolean isQuoted(String text, char mark, int least) {
    int before = text.indexOf(mark);
    while (before >= 0) {
      int after = text.indexOf(mark, before + 1);
      if (after > before && text.codePointCount(before + 1, after) >= least) {
        return true;
      }
      before = after;
    }
    return false;
  }
}
