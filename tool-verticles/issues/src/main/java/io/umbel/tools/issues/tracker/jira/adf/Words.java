package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.Node;

/** What is within a paragraph of Jira's, gathered for Markdown. */
final class Words {

  private static final Set<String> INLINE = Set.of(
      "text",
      "hardBreak",
      "mention",
      "emoji",
      "date",
      "status",
      "inlineCard",
      "placeholder",
      "mediaInline",
      "inlineExtension");

  private final List<Piece> pieces = new ArrayList<>();

  /** Marks that Markdown has too, from the outermost on. */
  enum Mark {
    STRONG,
    EM,
    STRIKE,
    CODE
  }

  /**
   * A run of text with the same marks.
   *
   * @param text null for the end of a line
   * @param link where it goes, or null
   */
  record Piece(String text, Set<Mark> marks, String link) {
    static Piece plain(String text) {
      return new Piece(text, EnumSet.noneOf(Mark.class), null);
    }

    boolean isBreak() {
      return text == null;
    }

    boolean isSpace() {
      return text != null && text.isBlank() && !has(Mark.CODE);
    }

    boolean has(Mark mark) {
      return marks.contains(mark);
    }
  }

  static boolean isInline(String type) {
    return INLINE.contains(type);
  }

  static Words of(JsonObject node) {
    var words = new Words();
    Json.content(node).forEach(words::add);
    return words;
  }

  void add(JsonObject node) {
    var attributes = Json.attributes(node);
    switch (Json.type(node)) {
      case "text" -> text(node);
      case "hardBreak" -> pieces.add(new Piece(null, EnumSet.noneOf(Mark.class), null));
      case "mention" -> link(name(attributes), Links.PERSON + Json.text(attributes, "id"));
      case "inlineCard", "blockCard", "embedCard" -> card(Json.text(attributes, "url"));
      case "date" -> plain(date(Json.text(attributes, "timestamp")));
      default -> plain(Json.allText(node));
    }
  }

  /** Puts it all into a paragraph or the like. */
  Node into(Node block, boolean mayBreak) {
    new Marking(Spacing.of(pieces), mayBreak).into(block);
    return block;
  }

  private void text(JsonObject node) {
    var marks = EnumSet.noneOf(Mark.class);
    String link = null;
    for (var mark : Json.objects(node, "marks")) {
      switch (Json.type(mark)) {
        case "strong" -> marks.add(Mark.STRONG);
        case "em" -> marks.add(Mark.EM);
        case "strike" -> marks.add(Mark.STRIKE);
        case "code" -> marks.add(Mark.CODE);
        case "link" -> link = Json.text(Json.attributes(mark), "href").strip();
        default -> {} // colours and the like, which Markdown does not have
      }
    }
    lines(Json.text(node, "text"), marks, Links.isSafe(link) ? link : null);
  }

  private void lines(String text, Set<Mark> marks, String link) {
    var isFirst = true;
    for (var line : text.split("\r\n|\r|\n", -1)) {
      if (!isFirst) {
        pieces.add(new Piece(null, EnumSet.noneOf(Mark.class), null));
      }
      isFirst = false;
      if (!line.isEmpty()) {
        pieces.add(new Piece(line, marks, link));
      }
    }
  }

  private void card(String url) {
    link(url, url);
  }

  private void link(String text, String url) {
    lines(text, EnumSet.noneOf(Mark.class), Links.isSafe(url) ? url : null);
  }

  private void plain(String text) {
    lines(text, EnumSet.noneOf(Mark.class), null);
  }

  private static String name(JsonObject mention) {
    var name = Json.text(mention, "text");
    return name.isBlank() ? "@" + Json.text(mention, "id") : name;
  }

  private static String date(String timestamp) {
    try {
      var day = Instant.ofEpochMilli(Long.parseLong(timestamp)).atZone(ZoneOffset.UTC);
      return day.toLocalDate().toString();
    } catch (NumberFormatException | DateTimeException e) {
      return timestamp;
    }
  }
}
