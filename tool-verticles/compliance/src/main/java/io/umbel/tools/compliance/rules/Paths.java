package io.umbel.tools.compliance.rules;

/** Paths of files, such as {@code src/main/App.java}. */
final class Paths {

  private static final int LONGEST_ENDING = 5;

  private Paths() {}

  /** Whether the text names a file by its path. */
  static boolean in(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = skipRun(text, at);
      if (end > at && isPath(text.substring(at, end))) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private static int skipRun(String text, int from) {
    int at = from;
    while (at < text.length() && isPart(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static boolean isPart(int character) {
    return Chars.isWord(character) || "./-".indexOf(character) >= 0;
  }

  /** A slash behind a name, and anywhere behind it a dot with a short ending. */
  private static boolean isPath(String run) {
    int slash = slashBehindName(run);
    int dot = slash < 0 ? -1 : run.indexOf('.', slash + 2);
    while (dot >= 0) {
      if (hasEnding(run, dot + 1)) {
        return true;
      }
      dot = run.indexOf('.', dot + 1);
    }
    return false;
  }

  private static int slashBehindName(String run) {
    var named = false;
    for (int at = 0; at < run.length(); at += Character.charCount(run.codePointAt(at))) {
      int character = run.codePointAt(at);
      if (character == '/' && named) {
        return at;
      }
      named = Chars.isWord(character) || (named && character == '-');
    }
    return -1;
  }

  private static boolean hasEnding(String run, int at) {
    int end = Chars.skipWord(run, at);
    int length = run.codePointCount(at, end);
    return length >= 1 && length <= LONGEST_ENDING;
  }
}
