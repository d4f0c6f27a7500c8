package io.umbel.tools.compliance.rules;

/**
 * What makes a line a heading: {@code ## Words}, a line that is bold from end to end, or
 * {@code Capitalised words:} alone on a line.
 */
final class Heading {

  private static final int MOST_MARKS = 6;
  private static final int MOST_BOLD = 60;
  private static final int MOST_CAPITALISED = 41;

  private Heading() {}

  /** The heading in lower case, or null where the line is none. */
  static String of(String line) {
    var heading = marked(line);
    heading = heading == null ? bold(line) : heading;
    heading = heading == null ? capitalised(line) : heading;
    return heading == null ? null : Line.lower(Chars.strip(heading));
  }

  private static String marked(String line) {
    int begin = Chars.skipSpace(line, 0);
    int end = begin;
    while (end < line.length() && line.charAt(end) == '#') {
      end++;
    }
    int text = Chars.skipSpace(line, end);
    var marks = end - begin;
    return begin > 3 || marks < 1 || marks > MOST_MARKS || text == end
        ? null
        : withoutMarksBehind(line.substring(text));
  }

  private static String withoutMarksBehind(String text) {
    var stripped = Chars.stripEnd(text);
    int end = stripped.length();
    while (end > 0 && stripped.charAt(end - 1) == '#') {
      end--;
    }
    return stripped.substring(0, end);
  }

  private static String bold(String line) {
    int begin = Chars.skipSpace(line, 0) + 2;
    if (!line.startsWith("**", begin - 2)) {
      return null;
    }
    int end = line.indexOf('*', begin);
    if (end < 0 || !line.startsWith("**", end)) {
      return null;
    }
    int behind = end + 2 + (line.startsWith(":", end + 2) ? 1 : 0);
    return Chars.isBlankFrom(line, behind) ? boldText(line.substring(begin, end)) : null;
  }

  private static String boldText(String text) {
    int length = text.codePointCount(0, text.length());
    var colon = length > 2 && text.endsWith(":");
    var bare = colon ? text.substring(0, text.length() - 1) : text;
    int words = colon ? length - 1 : length;
    return words >= 2 && words <= MOST_BOLD ? bare : null;
  }

  private static String capitalised(String line) {
    int colon = line.indexOf(':');
    if (colon < 3 || colon > MOST_CAPITALISED || !Chars.isUpper(line.charAt(0))) {
      return null;
    }
    var text = line.substring(0, colon);
    return text.chars().allMatch(Heading::isPlain) && Chars.isBlankFrom(line, colon + 1)
        ? text
        : null;
  }

  private static boolean isPlain(int character) {
    return (Chars.isAsciiWord(character) && !Chars.isDigit(character))
        || " /&-".indexOf(character) >= 0;
  }
}
