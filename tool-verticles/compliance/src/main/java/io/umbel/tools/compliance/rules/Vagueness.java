package io.umbel.tools.compliance.rules;

import java.util.List;

/** Words that leave open what is meant. */
final class Vagueness {

  private static final List<String> VAGUE = Phrases.list("etc|somehow|tbd|asap|as soon as possible"
      + "|as needed|if possible|various|several|some kind of|user-friendly|user friendly|fast"
      + "|quickly|efficient|efficiently|better|nice|properly|appropriate|appropriately|robust"
      + "|seamless|intuitive|improve performance|make it work|and so on|stuff|things");

  private Vagueness() {}

  /** Which of them are in the text, each once. */
  static List<String> in(String text) {
    var words = plain(Line.lower(text));
    return VAGUE.stream().filter(vague -> words.contains(" " + vague + " ")).toList();
  }

  /** Letters, digits and hyphens, with one space around whatever they make up. */
  private static String plain(String text) {
    var words = new StringBuilder(" ");
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      var kept = character == '-' || isLowOrDigit(character);
      if (kept) {
        words.append(character);
      } else if (words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    return words.append(' ').toString();
  }

  private static boolean isLowOrDigit(char character) {
    return Chars.isAsciiWord(character) && !Chars.isUpper(character);
  }
}
