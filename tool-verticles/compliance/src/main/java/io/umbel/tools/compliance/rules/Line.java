package io.umbel.tools.compliance.rules;

import java.util.Locale;
import java.util.Set;

/** What one line of a description is. */
final class Line {

  private static final Set<String> EMPTY = Set.of("_no response_", "n/a", "...");
  private static final String BULLETS = "-*+";
  private static final String TODO = "TODO";

  private Line() {}

  /** The marks of a fence around code, three or more; empty where the line is no fence. */
  static String fence(String line) {
    int at = Chars.skipSpace(line, 0);
    if (at > 3 || !(line.startsWith("```", at) || line.startsWith("~~~", at))) {
      return "";
    }
    int end = at;
    while (end < line.length() && line.charAt(end) == line.charAt(at)) {
      end++;
    }
    return line.substring(at, end);
  }

  /** Whether it is what forms leave where nobody wrote anything. */
  static boolean isEmptyAnswer(String line) {
    return EMPTY.contains(lower(Chars.strip(line)));
  }

  /** Whether it only says that something is still to be written. */
  static boolean isTodo(String line) {
    int at = Chars.skipSpace(line, 0);
    int item = itemText(line);
    return saysTodo(line, at) || (item >= 0 && saysTodo(line, item));
  }

  private static boolean saysTodo(String line, int at) {
    int end = at + TODO.length();
    return line.startsWith(TODO, at) && !Chars.wordAt(line, end);
  }

  /** Whether it is an item of a list that is not numbered. */
  static boolean isBullet(String line) {
    return afterBullet(line) >= 0;
  }

  /** The text of an item of any list, or null where the line is none or says next to nothing. */
  static String item(String line) {
    return worded(line, itemText(line));
  }

  /** The text of a task that can be ticked, or null where the line is none or says too little. */
  static String task(String line) {
    int bullet = afterBullet(line);
    int box = bullet < 0 ? -1 : afterBox(line, bullet);
    return worded(line, box);
  }

  private static String worded(String line, int at) {
    if (at < 0) {
      return null;
    }
    var text = Chars.stripEnd(line.substring(at));
    return Words.count(text) >= 2 ? text : null;
  }

  /** Where the text of an item begins, or -1. */
  private static int itemText(String line) {
    int bullet = afterBullet(line);
    if (bullet < 0) {
      return afterNumber(line);
    }
    int box = afterBox(line, bullet);
    return box < 0 ? bullet : box;
  }

  private static int afterBullet(String line) {
    int at = Chars.skipSpace(line, 0);
    return at < line.length() && BULLETS.indexOf(line.charAt(at)) >= 0
        ? afterGap(line, at + 1)
        : -1;
  }

  private static int afterNumber(String line) {
    int at = Chars.skipSpace(line, 0);
    int end = Chars.skipDigits(line, at);
    var numbered = end > at && end < line.length() && ".)".indexOf(line.charAt(end)) >= 0;
    return numbered ? afterGap(line, end + 1) : -1;
  }

  /** Behind white space that has to be there, or -1. */
  private static int afterGap(String line, int at) {
    int end = Chars.skipSpace(line, at);
    return end > at ? end : -1;
  }

  private static int afterBox(String line, int at) {
    var isBox = at + 2 < line.length()
        && line.charAt(at) == '['
        && " xX".indexOf(line.charAt(at + 1)) >= 0
        && line.charAt(at + 2) == ']';
    return isBox ? Chars.skipSpace(line, at + 3) : -1;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
