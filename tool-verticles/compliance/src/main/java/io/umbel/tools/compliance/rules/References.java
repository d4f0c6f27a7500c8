package io.umbel.tools.compliance.rules;

import java.util.ArrayList;
import java.util.List;

/** References to other issues, {@code #12} or {@code KEY-12}, and links. */
final class References {

  private static final Phrases NEEDS = Phrases.of("depends on|blocked by|requires|after|needs");
  private static final Phrases BLOCKS = Phrases.of("depends on|blocked by|requires");

  private References() {}

  /** Whether the text says that it depends on an issue or on what is behind a link. */
  static boolean isDependent(String text) {
    for (int at = 0; at < text.length(); at++) {
      int reference = behind(NEEDS, text, at);
      if (reference >= 0 && (end(text, reference) >= 0 || isLink(text, reference))) {
        return true;
      }
    }
    return false;
  }

  /** Each place where the text says that an issue has to come first. */
  static List<String> blockers(String text) {
    return spans(BLOCKS, text);
  }

  /** Each place where the text says that it depends on an issue. */
  static List<String> needs(String text) {
    return spans(NEEDS, text);
  }

  private static List<String> spans(Phrases phrases, String text) {
    var found = new ArrayList<String>();
    int at = 0;
    while (at < text.length()) {
      int reference = behind(phrases, text, at);
      int end = reference < 0 ? -1 : end(text, reference);
      if (end >= 0) {
        found.add(text.substring(at, end));
      }
      at = end < 0 ? at + 1 : end;
    }
    return found;
  }

  /** Whether the text refers to an issue or has a link. */
  static boolean in(String text) {
    if (text.contains("http://") || text.contains("https://")) {
      return true;
    }
    for (int at = 0; at < text.length(); at++) {
      var begins = at == 0 || Chars.isSpace(text.charAt(at - 1));
      int end = begins ? end(text, at) : -1;
      if (end >= 0 && !Chars.wordAt(text, end)) {
        return true;
      }
    }
    return false;
  }

  /** Where something begins behind one of these phrases, which begins there, and a gap; or -1. */
  private static int behind(Phrases phrases, String text, int at) {
    int end = phrases.endAt(text, at);
    int next = end < 0 ? -1 : Chars.skipSpace(text, end);
    return next > end ? next : -1;
  }

  /** The end of the reference that begins there, or -1. */
  private static int end(String text, int at) {
    int number = text.startsWith("#", at) ? at + 1 : numberOfKey(text, at);
    int end = number < 0 ? -1 : Chars.skipDigits(text, number);
    return end > number ? end : -1;
  }

  /** Where the number of a key such as {@code KEY-12} begins, or -1. */
  private static int numberOfKey(String text, int at) {
    int end = at;
    while (end < text.length() && isOfKey(text.charAt(end), end > at)) {
      end++;
    }
    return end >= at + 2 && text.startsWith("-", end) ? end + 1 : -1;
  }

  private static boolean isOfKey(char character, boolean inside) {
    return Chars.isUpper(character) || (inside && character >= '0' && character <= '9');
  }

  private static boolean isLink(String text, int at) {
    return text.startsWith("http://", at) || text.startsWith("https://", at);
  }
}
