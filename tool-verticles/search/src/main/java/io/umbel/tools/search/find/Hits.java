package io.umbel.tools.search.find;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found.
 *
 * @param page the best first
 * @param total how many there are
 * @param used how they were looked for
 * @param degraded what is not as it was wanted
 */
record Hits(List<Hit> page, long total, String used, List<String> degraded) {

  /** Rows of comment or not, id, issue, similarity and how many there are. */
  static Hits of(RowSet<Row> rows, String used) {
    var page = new ArrayList<Hit>(rows.size());
    long total = 0;
    for (var row : rows) {
      page.add(new Hit(
          row.getBoolean(0),
          row.getUUID(1),
          row.getUUID(2),
          Math.max(0, Math.min(1, row.getDouble(3)))));
      total = row.getLong(4);
    }
    return new Hits(page, total, used, List.of());
  }

  /** The same, with one thing more that is not as it was wanted. */
  Hits but(String what) {
    var all = new ArrayList<>(degraded);
    all.add(what);
    return new Hits(page, total, used, List.copyOf(all));
  }
}
