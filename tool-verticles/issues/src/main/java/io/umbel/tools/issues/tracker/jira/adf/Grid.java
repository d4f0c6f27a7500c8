package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;

/** A table of Jira's as one of Markdown: the first row is its head, each cell one line. */
final class Grid {

  private Grid() {}

  static Node of(JsonObject table) {
    var block = new TableBlock();
    var rows = Json.content(table);
    if (rows.isEmpty()) {
      return block;
    }
    var head = new TableHead();
    head.appendChild(row(rows.get(0), true, width(rows)));
    block.appendChild(head);
    if (rows.size() > 1) {
      var body = new TableBody();
      rows.stream().skip(1).forEach(row -> body.appendChild(row(row, false, 0)));
      block.appendChild(body);
    }
    return block;
  }

  /** A table of Markdown is as wide as its head. */
  private static int width(List<JsonObject> rows) {
    return Math.max(
        1, rows.stream().mapToInt(row -> Json.content(row).size()).max().orElse(1));
  }

  private static Node row(JsonObject json, boolean isHead, int width) {
    var row = new TableRow();
    var cells = Json.content(json);
    for (int i = 0; i < Math.max(width, cells.size()); i++) {
      var cell = new TableCell();
      cell.setHeader(isHead);
      if (i < cells.size()) {
        line(cells.get(i)).into(cell, false);
      }
      row.appendChild(cell);
    }
    return row;
  }

  /** The paragraphs of a cell one after the other; of what else is in it, the text. */
  private static Words line(JsonObject cell) {
    var words = new Words();
    var isFirst = true;
    for (var block : Json.content(cell)) {
      if (!isFirst) {
        words.add(Json.node("text").put("text", " "));
      }
      isFirst = false;
      if (Json.type(block).equals("paragraph") || Json.type(block).equals("heading")) {
        Json.content(block).forEach(words::add);
      } else {
        words.add(Json.node("text").put("text", Json.allText(block).replaceAll("\\s+", " ")));
      }
    }
    return words;
  }
}
