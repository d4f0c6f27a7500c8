package io.umbel.tools.issues.tracker.jira.adf;

import io.umbel.tools.issues.tracker.jira.adf.Words.Mark;
import io.umbel.tools.issues.tracker.jira.adf.Words.Piece;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Marks of Markdown begin and end at words, those of Jira anywhere: blanks at the rim of a mark are
 * put out of it, and those at the rim of a line left out.
 */
final class Spacing {

  private Spacing() {}

  static List<Piece> of(List<Piece> pieces) {
    var split = new ArrayList<Piece>();
    pieces.forEach(piece -> split(piece, split));
    var spaced = new ArrayList<Piece>(split.size());
    for (int i = 0; i < split.size(); i++) {
      var piece = split.get(i);
      if (!piece.isSpace()) {
        spaced.add(piece);
      } else if (!isAtRim(split, i)) {
        spaced.add(between(split, i));
      }
    }
    return spaced;
  }

  private static void split(Piece piece, List<Piece> into) {
    if (piece.isBreak() || piece.isSpace() || piece.has(Mark.CODE)) {
      into.add(piece);
      return;
    }
    var text = piece.text();
    var front = text.length() - text.stripLeading().length();
    var back = text.stripTrailing().length();
    add(into, piece, text.substring(0, front));
    add(into, piece, text.substring(front, back));
    add(into, piece, text.substring(back));
  }

  private static void add(List<Piece> into, Piece like, String text) {
    if (!text.isEmpty()) {
      into.add(new Piece(text, like.marks(), like.link()));
    }
  }

  private static boolean isAtRim(List<Piece> all, int at) {
    return at == 0
        || at + 1 == all.size()
        || all.get(at - 1).isBreak()
        || all.get(at + 1).isBreak();
  }

  /** A blank has the marks that are on either side of it. */
  private static Piece between(List<Piece> all, int at) {
    var before = all.get(at - 1);
    var after = all.get(at + 1);
    var marks = EnumSet.noneOf(Mark.class);
    Set.of(Mark.STRONG, Mark.EM, Mark.STRIKE).stream()
        .filter(mark -> before.has(mark) && after.has(mark))
        .forEach(marks::add);
    var link = Objects.equals(before.link(), after.link()) ? before.link() : null;
    return new Piece(all.get(at).text(), marks, link);
  }
}
