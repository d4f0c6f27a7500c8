package io.umbel.tools.search.find;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The words of a query as the index has them, without their endings, and where they are in a text.
 * One look at each character.
 */
final class Stems {

  private static final int LONGEST_ENDING = 6;
  private static final int MOST = 500;

  private final List<String> stems;

  Stems(Collection<String> stems) {
    this.stems = stems.stream().filter(stem -> !stem.isEmpty()).toList();
  }

  /**
   * A word of the query in a text.
   *
   * @param stem which, by its number
   * @param from where it begins
   * @param to where it is over
   */
  record Match(int stem, int from, int to) {}

  /** The first of them in a folded text. */
  List<Match> in(String folded) {
    var all = new ArrayList<Match>();
    var text = folded.toLowerCase(Locale.ROOT);
    if (text.length() != folded.length() || stems.isEmpty()) {
      return all;
    }
    int at = 0;
    while (at < text.length() && all.size() < MOST) {
      if (!Character.isLetterOrDigit(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at + 1;
      while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
        end++;
      }
      add(all, text, at, end);
      at = end;
    }
    return all;
  }

  private void add(List<Match> all, String text, int from, int to) {
    for (int stem = 0; stem < stems.size(); stem++) {
      if (isOf(stems.get(stem), text, from, to)) {
        all.add(new Match(stem, from, to));
        return;
      }
    }
  }

  /** The stem of "party" and "parties" is "parti". */
  private static boolean isOf(String stem, String text, int from, int to) {
    int length = stem.length();
    if (to - from > length + LONGEST_ENDING) {
      return false;
    }
    if (text.startsWith(stem, from) && to - from >= length) {
      return true;
    }
    return stem.endsWith("i")
        && to - from == length
        && text.startsWith(stem.substring(0, length - 1), from)
        && text.charAt(to - 1) == 'y';
  }
}
