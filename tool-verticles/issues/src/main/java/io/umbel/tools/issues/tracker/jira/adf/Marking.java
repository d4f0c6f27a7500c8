package io.umbel.tools.issues.tracker.jira.adf;

import io.umbel.tools.issues.tracker.jira.adf.Words.Mark;
import io.umbel.tools.issues.tracker.jira.adf.Words.Piece;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** Puts pieces of text into the nodes that their marks ask for, as many in one as have it. */
final class Marking {

  /** What can stand between angle brackets as it is. */
  private static final Pattern BARE = Pattern.compile("https?://[^\\s<>|\\\\]+");

  private static final List<Function<Piece, Object>> LEVELS = List.of(
      Piece::link,
      piece -> piece.has(Mark.STRONG) ? Mark.STRONG : null,
      piece -> piece.has(Mark.EM) ? Mark.EM : null,
      piece -> piece.has(Mark.STRIKE) ? Mark.STRIKE : null);

  private final List<Piece> pieces;
  private final boolean mayBreak;

  Marking(List<Piece> pieces, boolean mayBreak) {
    this.pieces = pieces;
    this.mayBreak = mayBreak;
  }

  void into(Node block) {
    add(block, 0, pieces.size(), 0);
  }

  private void add(Node parent, int from, int to, int level) {
    if (level == LEVELS.size()) {
      pieces.subList(from, to).forEach(piece -> leaf(parent, piece));
      return;
    }
    var mark = LEVELS.get(level);
    for (int at = from, end; at < to; at = end) {
      var value = mark.apply(pieces.get(at));
      end = at + 1;
      while (end < to && Objects.equals(value, mark.apply(pieces.get(end)))) {
        end++;
      }
      addRun(parent, new Run(at, end, level, value));
    }
  }

  /** Pieces that have the same of one mark. */
  private record Run(int from, int to, int level, Object value) {}

  private void addRun(Node parent, Run run) {
    if (run.value() == null || (run.level() > 0 && !canStand(parent, run))) {
      add(parent, run.from(), run.to(), run.level() + 1);
      return;
    }
    if (run.value() instanceof String url && isBare(run, url)) {
      parent.appendChild(Markdown.raw("<" + url + ">"));
      return;
    }
    var node = node(run.value());
    add(node, run.from(), run.to(), run.level() + 1);
    parent.appendChild(node);
  }

  private static Node node(Object value) {
    if (value instanceof String url) {
      return new Link(url, null);
    }
    return switch ((Mark) value) {
      case STRONG -> new StrongEmphasis();
      case EM -> new Emphasis();
      default -> new Strikethrough("~~");
    };
  }

  private boolean isBare(Run run, String url) {
    return run.to() == run.from() + 1
        && pieces.get(run.from()).marks().isEmpty()
        && url.equals(pieces.get(run.from()).text())
        && BARE.matcher(url).matches();
  }

  /** Whether Markdown would take the mark for one there; otherwise the text goes without it. */
  private boolean canStand(Node parent, Run run) {
    var last = parent.getLastChild();
    if (last instanceof StrongEmphasis
        || last instanceof Emphasis
        || last instanceof Strikethrough) {
      return false;
    }
    var before = run.from() == 0 ? ' ' : end(pieces.get(run.from() - 1));
    var after = run.to() == pieces.size() ? ' ' : begin(pieces.get(run.to()));
    return fits(before, edge(run, pieces.get(run.from()), true))
        && fits(after, edge(run, pieces.get(run.to() - 1), false));
  }

  private static boolean fits(char outside, char inside) {
    return !Character.isWhitespace(inside)
        && (Character.isLetterOrDigit(inside) || !Character.isLetterOrDigit(outside));
  }

  /** What a mark stands at within: what other marks write first, or the text. */
  private static char edge(Run run, Piece piece, boolean isFirst) {
    var isMarkedOn = piece.has(Mark.CODE)
        || LEVELS.subList(run.level() + 1, LEVELS.size()).stream()
            .anyMatch(mark -> mark.apply(piece) != null);
    if (isMarkedOn) {
      return '*';
    }
    return isFirst ? begin(piece) : end(piece);
  }

  private static char begin(Piece piece) {
    return piece.isBreak() ? ' ' : piece.text().charAt(0);
  }

  private static char end(Piece piece) {
    return piece.isBreak() ? ' ' : piece.text().charAt(piece.text().length() - 1);
  }

  private void leaf(Node parent, Piece piece) {
    if (piece.isBreak()) {
      lineBreak(parent);
    } else {
      parent.appendChild(piece.has(Mark.CODE) ? new Code(piece.text()) : new Text(piece.text()));
    }
  }

  /** Lines begin with words: a blank line would end the paragraph. */
  private void lineBreak(Node parent) {
    if (!mayBreak) {
      parent.appendChild(new Text(" "));
    } else if (parent.getLastChild() != null && !(parent.getLastChild() instanceof SoftLineBreak)) {
      parent.appendChild(new SoftLineBreak());
    }
  }
}
