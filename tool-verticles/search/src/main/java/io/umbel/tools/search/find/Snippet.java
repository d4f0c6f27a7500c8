package io.umbel.tools.search.find;

import io.umbel.tools.search.index.Folded;
import java.util.HashSet;
import java.util.List;

/** The piece of a text in which most words of a query are, on one line. */
final class Snippet {

  /** How long it is at most, in characters. */
  static final int LONGEST = 240;

  private static final int BEFORE = 40;
  private static final String MORE = "…";

  private final Stems stems;

  Snippet(Stems stems) {
    this.stems = stems;
  }

  /** Of the first of these composed texts that has most of the words. */
  String of(List<String> texts) {
    var best = "";
    var at = 0;
    var most = -1;
    for (var text : texts) {
      var line = text.replaceAll("\\s+", " ").strip();
      var matches = line.isEmpty() ? List.<Stems.Match>of() : stems.in(Folded.of(line));
      var window = best(matches);
      if (!line.isEmpty() && window.words() > most) {
        best = line;
        at = window.from();
        most = window.words();
      }
    }
    return cut(best, Math.max(0, at - BEFORE));
  }

  /**
   * A piece that would do.
   *
   * @param words how many different ones of the query are in it
   */
  private record Window(int from, int words) {}

  private static Window best(List<Stems.Match> matches) {
    var best = new Window(0, 0);
    for (int first = 0; first < matches.size(); first++) {
      var from = matches.get(first).from();
      var words = new HashSet<Integer>();
      for (int i = first; i < matches.size(); i++) {
        if (matches.get(i).to() - from > LONGEST - BEFORE - 2 * MORE.length()) {
          break;
        }
        words.add(matches.get(i).stem());
      }
      if (words.size() > best.words()) {
        best = new Window(from, words.size());
      }
    }
    return best;
  }

  /** From the beginning of a word near there, and not through the middle of one where possible. */
  private static String cut(String line, int near) {
    if (line.length() <= LONGEST) {
      return line;
    }
    int from = near == 0 ? 0 : wordAfter(line, near);
    int room = LONGEST - (from > 0 ? MORE.length() : 0);
    var isEnd = line.length() - from <= room;
    int to = isEnd ? line.length() : wordBefore(line, from, from + room - MORE.length());
    return (from > 0 ? MORE : "") + line.substring(from, to).strip() + (isEnd ? "" : MORE);
  }

  private static int wordAfter(String line, int near) {
    int space = line.indexOf(' ', near);
    int from = space < 0 || space > near + BEFORE - 1 ? near : space + 1;
    return Character.isLowSurrogate(line.charAt(from)) ? from + 1 : from;
  }

  private static int wordBefore(String line, int from, int near) {
    int space = line.lastIndexOf(' ', near);
    int to = space > from + (near - from) / 2 ? space : near;
    return Character.isLowSurrogate(line.charAt(to)) ? to - 1 : to;
  }
}
