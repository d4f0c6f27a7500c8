package io.umbel.tools.compliance.rules;

/** What a character is, by Unicode and not by locale. Positions are those of UTF-16. */
final class Chars {

  private Chars() {}

  /** A letter or number of any script, or an underscore. */
  static boolean isWord(int character) {
    if (character < 128) {
      return isAsciiWord(character) || character == '_';
    }
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }

  static boolean isAsciiWord(int character) {
    return isUpper(character)
        || (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9');
  }

  static boolean isUpper(int character) {
    return character >= 'A' && character <= 'Z';
  }

  /** A decimal digit of any script. */
  static boolean isDigit(int character) {
    return character < 128
        ? character >= '0' && character <= '9'
        : Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER;
  }

  /** White space of any kind, also that which does not break lines. */
  static boolean isSpace(int character) {
    return character <= ' '
        ? character == ' ' || (character >= '\t' && character <= '\r') || character >= 0x1c
        : character == 0x85 || Character.isSpaceChar(character);
  }

  /** Whether a word begins or ends at that position. */
  static boolean isBoundary(String text, int at) {
    var before = at > 0 && isWord(text.codePointBefore(at));
    return before != wordAt(text, at);
  }

  /** Whether a word begins at that position. */
  static boolean beginsWord(String text, int at) {
    return wordAt(text, at) && isBoundary(text, at);
  }

  static boolean wordAt(String text, int at) {
    return at < text.length() && isWord(text.codePointAt(at));
  }

  /** The end of the run of white space that begins there. */
  static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The end of the run of digits that begins there. */
  static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** The end of the run of word characters that begins there. */
  static int skipWord(String text, int from) {
    int at = from;
    while (wordAt(text, at)) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** The same without white space around it. */
  static String strip(String text) {
    return stripEnd(text.substring(skipSpace(text, 0)));
  }

  /** The same without white space behind it. */
  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Whether nothing but white space comes from there on. */
  static boolean isBlankFrom(String text, int from) {
    return skipSpace(text, from) == text.length();
  }
}
