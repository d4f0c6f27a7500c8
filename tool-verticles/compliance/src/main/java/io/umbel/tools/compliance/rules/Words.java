package io.umbel.tools.compliance.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text: each begins with an ASCII letter or digit and goes on through those and
 * {@code ' _ . / # -}.
 */
final class Words {

  private Words() {}

  static int count(String text) {
    int count = 0;
    for (int at = next(text, 0); at < text.length(); at = next(text, end(text, at))) {
      count++;
    }
    return count;
  }

  static List<String> of(String text) {
    var words = new ArrayList<String>();
    for (int at = next(text, 0); at < text.length(); at = next(text, end(text, at))) {
      words.add(text.substring(at, end(text, at)));
    }
    return words;
  }

  private static int next(String text, int from) {
    int at = from;
    while (at < text.length() && !Chars.isAsciiWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length()
        && (Chars.isAsciiWord(text.charAt(at)) || "'_./#-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }
}
