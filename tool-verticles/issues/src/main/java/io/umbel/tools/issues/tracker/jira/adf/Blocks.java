package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/**
 * The blocks of a Markdown text, as Jira's block nodes. Jira refuses a document in which one stands
 * where its schema has no place for it, so what has none there becomes the next best that has.
 */
final class Blocks {

  private final String source;
  private final Tasks tasks;

  /** What a block stands in. */
  enum Place {
    DOCUMENT,
    PANEL,
    QUOTE,
    ITEM
  }

  Blocks(String markdown) {
    this.source = markdown;
    this.tasks = new Tasks(markdown);
  }

  JsonObject document() {
    return Json.node("doc", in(Markdown.parse(source), Place.DOCUMENT)).put("version", 1);
  }

  private JsonArray in(Node parent, Place place) {
    return from(parent.getFirstChild(), place);
  }

  private JsonArray from(Node first, Place place) {
    var content = new JsonArray();
    for (var node = first; node != null; node = node.getNext()) {
      add(content, node, place);
    }
    return content;
  }

  private void add(JsonArray content, Node node, Place place) {
    if (node instanceof Paragraph) {
      content.add(Json.node("paragraph", Inlines.of(node)));
    } else if (node instanceof Heading heading) {
      content.add(heading(heading, place));
    } else if (node instanceof FencedCodeBlock code) {
      content.add(code(code.getLiteral(), code.getInfo()));
    } else if (node instanceof IndentedCodeBlock code) {
      content.add(code(code.getLiteral(), ""));
    } else if (node instanceof ListBlock list) {
      content.add(list(list, place));
    } else if (node instanceof BlockQuote) {
      quote(content, node, place);
    } else if (node instanceof TableBlock) {
      Tables.add(content, node, place);
    } else if (node instanceof ThematicBreak) {
      content.add(
          place == Place.DOCUMENT || place == Place.PANEL
              ? Json.node("rule")
              : Json.node("paragraph", Inlines.plain("---")));
    } else if (node instanceof HtmlBlock html) {
      content.add(Json.node("paragraph", Inlines.plain(html.getLiteral())));
    }
  }

  private static JsonObject heading(Heading heading, Place place) {
    return place == Place.DOCUMENT || place == Place.PANEL
        ? Json.node("heading", Inlines.of(heading))
            .put("attrs", JsonObject.of("level", heading.getLevel()))
        : Json.node("paragraph", Inlines.strong(heading));
  }

  private static JsonObject code(String literal, String info) {
    var text = literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
    var node = Json.node("codeBlock", Inlines.plain(text));
    var language = info == null ? "" : info.strip().split("\\s", 2)[0];
    return language.isEmpty() ? node : node.put("attrs", JsonObject.of("language", language));
  }

  private JsonObject list(ListBlock list, Place place) {
    var isOuter = place == Place.DOCUMENT || place == Place.PANEL;
    if (isOuter && tasks.areAll(list)) {
      return tasks.list(list);
    }
    var items = new JsonArray();
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      items.add(Json.node("listItem", item(item)));
    }
    if (list instanceof OrderedList ordered) {
      var first = ordered.getMarkerStartNumber();
      return Json.node("orderedList", items)
          .put("attrs", JsonObject.of("order", first == null ? 1 : first));
    }
    return Json.node("bulletList", items);
  }

  /** An item begins with a paragraph or with code. */
  private JsonArray item(Node item) {
    var content = in(item, Place.ITEM);
    var first = content.isEmpty() ? "" : Json.type(content.getJsonObject(0));
    if (first.equals("paragraph") || first.equals("codeBlock")) {
      return content;
    }
    var whole = JsonArray.of(Json.node("paragraph", new JsonArray()));
    return whole.addAll(content);
  }

  private void quote(JsonArray content, Node quote, Place place) {
    if (place != Place.DOCUMENT) {
      content.addAll(in(quote, place));
      return;
    }
    var panel = panel(quote);
    var quoted = panel == null ? in(quote, Place.QUOTE) : null;
    if (panel != null) {
      content.add(panel);
    } else if (!quoted.isEmpty()) {
      content.add(Json.node("blockquote", quoted));
    }
  }

  /** Of a quote that begins with a line like {@code [!NOTE]}; null of any other. */
  private JsonObject panel(Node quote) {
    var first = quote.getFirstChild();
    if (!(first instanceof Paragraph) || !Tasks.begins(source, first)) {
      return null;
    }
    var line = first.getFirstChild();
    var type = line == null ? null : Panels.panel(Inlines.literal(line));
    if (type == null) {
      return null;
    }
    var content = new JsonArray();
    if (line.getNext() != null) {
      content.add(Json.node("paragraph", Inlines.from(line.getNext().getNext())));
    }
    content.addAll(from(first.getNext(), Place.PANEL));
    return Json.node("panel", content.isEmpty() ? emptyLine() : content)
        .put("attrs", JsonObject.of("panelType", type));
  }

  private static JsonArray emptyLine() {
    return JsonArray.of(Json.node("paragraph", new JsonArray()));
  }
}
