package io.umbel.tools.compliance.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a text leads: all that has a scheme and two slashes, to its end. */
final class Links {

  private static final String SLASHES = "://";

  /** What ends a link, or belongs to the sentence that it stands in. */
  private static final String ENDS = " \t\r\n\f<>\"'`()[]{}|\\^";

  private static final String AFTER = ".,;:!?*_~";

  private Links() {}

  /** All of them, in order, without what a sentence puts behind them; in small letters. */
  static List<String> in(String text) {
    var links = new ArrayList<String>();
    int from = 0;
    for (int at = text.indexOf(SLASHES); at >= 0; at = text.indexOf(SLASHES, at + 1)) {
      int start = start(text, at, from);
      int end = end(text, at + SLASHES.length());
      links.add(text.substring(start, end).toLowerCase(Locale.ROOT));
      from = end;
      at = Math.max(at, end - 1);
    }
    return links;
  }

  private static int start(String text, int slashes, int from) {
    int start = slashes;
    while (start > from && isOfAScheme(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > from && AFTER.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean isOfAScheme(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '+'
        || character == '-'
        || character == '.';
  }
}
