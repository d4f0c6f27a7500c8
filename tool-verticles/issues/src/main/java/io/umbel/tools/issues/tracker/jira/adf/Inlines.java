package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** What is within a paragraph of Markdown, as Jira's inline nodes. */
final class Inlines {

  private static final List<String> MARKS = List.of("code", "link", "strong", "em", "strike");

  private final JsonArray content = new JsonArray();

  private Inlines() {}

  /** All that is below a node. */
  static JsonArray of(Node parent) {
    return from(parent.getFirstChild());
  }

  /** A node and all that follow it. */
  static JsonArray from(Node first) {
    var inlines = new Inlines();
    inlines.addAll(first, Map.of());
    return inlines.content;
  }

  /** All that is below a node, in bold. */
  static JsonArray strong(Node parent) {
    var inlines = new Inlines();
    inlines.addAll(parent.getFirstChild(), Map.of("strong", Json.node("strong")));
    return inlines.content;
  }

  static JsonArray plain(String text) {
    var inlines = new Inlines();
    inlines.text(text, Map.of());
    return inlines.content;
  }

  /** What a node says without what is below it. */
  static String literal(Node node) {
    if (node instanceof Text text) {
      return text.getLiteral();
    }
    if (node instanceof Code code) {
      return code.getLiteral();
    }
    if (node instanceof HtmlInline html) {
      return html.getLiteral();
    }
    return node instanceof SoftLineBreak || node instanceof HardLineBreak ? " " : "";
  }

  private void addAll(Node first, Map<String, JsonObject> marks) {
    for (var node = first; node != null; node = node.getNext()) {
      add(node, marks);
    }
  }

  private void add(Node node, Map<String, JsonObject> marks) {
    if (node instanceof StrongEmphasis) {
      addAll(node.getFirstChild(), with(marks, Json.node("strong")));
    } else if (node instanceof Emphasis) {
      addAll(node.getFirstChild(), with(marks, Json.node("em")));
    } else if (node instanceof Strikethrough) {
      addAll(node.getFirstChild(), with(marks, Json.node("strike")));
    } else if (node instanceof Link link) {
      link(link.getDestination(), link, marks);
    } else if (node instanceof Image image) {
      link(image.getDestination(), image, marks);
    } else if (node instanceof Code code) {
      text(code.getLiteral(), codeMarks(marks));
    } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
      content.add(Json.node("hardBreak"));
    } else {
      text(literal(node), marks);
    }
  }

  /** Pictures are linked to: Jira shows none that it does not hold. */
  private void link(String url, Node node, Map<String, JsonObject> marks) {
    var words = Markdown.text(node);
    if (!Links.isSafe(url)) {
      addAll(node.getFirstChild(), marks);
    } else if (Links.isPerson(url)) {
      var id = url.substring(Links.PERSON.length());
      content.add(Json.node("mention").put("attrs", JsonObject.of("id", id, "text", words)));
    } else {
      var mark = Json.node("link").put("attrs", JsonObject.of("href", url));
      if (words.isBlank()) {
        text(url, with(marks, mark));
      } else {
        addAll(node.getFirstChild(), with(marks, mark));
      }
    }
  }

  private void text(String text, Map<String, JsonObject> marks) {
    if (text.isEmpty()) {
      return;
    }
    var node = Json.node("text").put("text", text);
    content.add(marks.isEmpty() ? node : node.put("marks", inOrder(marks)));
  }

  /** However they lay in each other, so that what looks the same is the same. */
  private static JsonArray inOrder(Map<String, JsonObject> marks) {
    var all = new JsonArray();
    MARKS.stream()
        .filter(marks::containsKey)
        .forEach(mark -> all.add(marks.get(mark).copy()));
    return all;
  }

  private static Map<String, JsonObject> with(Map<String, JsonObject> marks, JsonObject mark) {
    var all = new HashMap<>(marks);
    all.putIfAbsent(mark.getString("type"), mark);
    return all;
  }

  /** Jira takes code that is a link too, and no other mark beside. */
  private static Map<String, JsonObject> codeMarks(Map<String, JsonObject> marks) {
    var all = new HashMap<String, JsonObject>();
    all.put("code", Json.node("code"));
    if (marks.containsKey("link")) {
      all.put("link", marks.get("link"));
    }
    return all;
  }
}
