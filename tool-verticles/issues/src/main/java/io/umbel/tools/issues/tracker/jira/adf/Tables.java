package io.umbel.tools.issues.tracker.jira.adf;

import io.umbel.tools.issues.tracker.jira.adf.Blocks.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;

/** Tables of Markdown, as Jira's; within a list or a quote, where it has none, as lines. */
final class Tables {

  private Tables() {}

  static void add(JsonArray content, Node table, Place place) {
    var rows = new JsonArray();
    for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (var row = part.getFirstChild(); row != null; row = row.getNext()) {
        if (row.getFirstChild() != null && place == Place.DOCUMENT) {
          rows.add(row(row));
        } else if (row.getFirstChild() != null) {
          content.add(line(row));
        }
      }
    }
    if (!rows.isEmpty()) {
      content.add(Json.node("table", rows));
    }
  }

  private static JsonObject row(Node row) {
    var cells = new JsonArray();
    for (var cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      var isHeader = cell instanceof TableCell one && one.isHeader();
      cells.add(Json.node(
          isHeader ? "tableHeader" : "tableCell",
          JsonArray.of(Json.node("paragraph", Inlines.of(cell)))));
    }
    return Json.node("tableRow", cells);
  }

  private static JsonObject line(Node row) {
    var cells = new ArrayList<String>();
    for (var cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      cells.add(Markdown.text(cell));
    }
    return Json.node("paragraph", Inlines.plain(String.join(" | ", cells)));
  }
}
