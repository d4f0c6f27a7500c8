package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonObject;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** Reads a document of Jira's as a tree of Markdown. What lies too deep keeps its text. */
final class Reading {

  /** How deep blocks may lie in each other; what Markdown's own reader takes is a little more. */
  private static final int DEPTH = 16;

  private static final int HEADINGS = 6;

  String markdown(JsonObject document) {
    var root = new Document();
    addContent(root, document, 0);
    return Markdown.render(root).strip();
  }

  private void addContent(Node parent, JsonObject node, int depth) {
    Words words = null;
    for (var child : Json.content(node)) {
      if (Words.isInline(Json.type(child))) {
        words = words == null ? new Words() : words;
        words.add(child);
      } else {
        addWords(parent, words);
        words = null;
        add(parent, child, depth);
      }
    }
    addWords(parent, words);
  }

  /** Words that stand where blocks are wanted get a paragraph of their own. */
  private static void addWords(Node parent, Words words) {
    if (words != null) {
      addIfAny(parent, words.into(new Paragraph(), true));
    }
  }

  private void add(Node parent, JsonObject node, int depth) {
    if (depth >= DEPTH) {
      addText(parent, Json.allText(node));
      return;
    }
    switch (Json.type(node)) {
      case "paragraph" -> addIfAny(parent, Words.of(node).into(new Paragraph(), true));
      case "heading" -> addIfAny(parent, heading(node));
      case "bulletList", "orderedList", "taskList", "decisionList" -> list(parent, node, depth);
      case "codeBlock" -> parent.appendChild(code(node));
      case "blockquote" -> addIfAny(parent, within(new BlockQuote(), node, depth));
      case "panel" -> panel(parent, node, depth);
      case "rule" -> parent.appendChild(rule());
      case "table" -> addIfAny(parent, Grid.of(node));
      case "expand", "nestedExpand" -> expand(parent, node, depth);
      default -> other(parent, node, depth);
    }
  }

  private static Node heading(JsonObject node) {
    var heading = new Heading();
    heading.setLevel(Math.max(1, Math.min(HEADINGS, Json.number(node, "level", 1))));
    return Words.of(node).into(heading, false);
  }

  private static Node code(JsonObject node) {
    var text = new StringBuilder();
    Json.content(node).forEach(child -> text.append(Json.text(child, "text")));
    var code = new FencedCodeBlock();
    code.setLiteral(text.append('\n').toString());
    code.setInfo(Json.text(Json.attributes(node), "language").replaceAll("[\\s`]", ""));
    return code;
  }

  private static Node rule() {
    var rule = new ThematicBreak();
    rule.setLiteral("---");
    return rule;
  }

  private void list(Node parent, JsonObject node, int depth) {
    var list = emptyList(parent, node);
    list.setTight(true);
    for (var child : Json.content(node)) {
      if (Json.type(child).endsWith("List") && list.getLastChild() != null) {
        add(list.getLastChild(), child, depth + 1); // a list of tasks holds lists beside tasks
      } else {
        list.appendChild(item(child, depth));
      }
      var last = list.getLastChild();
      list.setTight(list.isTight() && isTight(last));
    }
    addIfAny(parent, list);
  }

  /** Two lists one after the other would be one, were their marks the same. */
  private static ListBlock emptyList(Node parent, JsonObject node) {
    if (Json.type(node).equals("orderedList")) {
      var ordered = new OrderedList();
      ordered.setMarkerStartNumber(Math.max(0, Json.number(node, "order", 1)));
      var isSecond = parent.getLastChild() instanceof OrderedList before
          && before.getMarkerDelimiter().equals(".");
      ordered.setMarkerDelimiter(isSecond ? ")" : ".");
      return ordered;
    }
    var bullets = new BulletList();
    var isSecond =
        parent.getLastChild() instanceof BulletList before && before.getMarker().equals("-");
    bullets.setMarker(isSecond ? "*" : "-");
    return bullets;
  }

  private Node item(JsonObject node, int depth) {
    var item = new ListItem();
    if (Json.type(node).equals("taskItem")) {
      var words = new Paragraph();
      var isDone = Json.text(Json.attributes(node), "state").equals("DONE");
      words.appendChild(Markdown.raw(isDone ? "[x] " : "[ ] "));
      Words.of(node).into(words, true);
      item.appendChild(words);
    } else if (Json.type(node).equals("listItem") || Json.type(node).equals("decisionItem")) {
      addContent(item, node, depth + 1);
    } else {
      add(item, node, depth + 1);
    }
    if (item.getFirstChild() == null) {
      item.appendChild(new Paragraph());
    }
    return item;
  }

  private static boolean isTight(Node item) {
    for (var node = item.getFirstChild(); node != null; node = node.getNext()) {
      var isFirst = node == item.getFirstChild();
      if (!(isFirst
          ? node instanceof Paragraph || node instanceof ListBlock
          : node instanceof ListBlock)) {
        return false;
      }
    }
    return true;
  }

  private void panel(Node parent, JsonObject node, int depth) {
    var quote = new BlockQuote();
    var line = new Paragraph();
    line.appendChild(Markdown.raw(Panels.alert(Json.text(Json.attributes(node), "panelType"))));
    quote.appendChild(line);
    addContent(quote, node, depth + 1);
    if (line.getNext() instanceof Paragraph first) {
      line.appendChild(new SoftLineBreak());
      while (first.getFirstChild() != null) {
        line.appendChild(first.getFirstChild());
      }
      first.unlink();
    }
    parent.appendChild(quote);
  }

  private void expand(Node parent, JsonObject node, int depth) {
    addText(parent, Json.text(Json.attributes(node), "title"));
    addContent(parent, node, depth + 1);
  }

  /** What is not known here: its content where it has any, otherwise its own words. */
  private void other(Node parent, JsonObject node, int depth) {
    if (Json.content(node).isEmpty()) {
      var words = new Words();
      words.add(node);
      addWords(parent, words);
    } else {
      addContent(parent, node, depth + 1);
    }
  }

  private Node within(Node block, JsonObject node, int depth) {
    addContent(block, node, depth + 1);
    return block;
  }

  private static void addText(Node parent, String text) {
    if (!text.isBlank()) {
      var words = new Paragraph();
      words.appendChild(new Text(text.strip()));
      parent.appendChild(words);
    }
  }

  private static void addIfAny(Node parent, Node block) {
    if (block.getFirstChild() != null) {
      parent.appendChild(block);
    }
  }
}
