package io.umbel.gateway.audit;

import io.vertx.core.json.JsonObject;

/** How far somebody has come along a chain, and what was wrong there. */
final class Walk {

  private final long last;
  private final String lastHash;
  private long at;
  private String hash = Row.BEFORE_ALL;
  private JsonObject broken;

  /**
   * Along a chain that ends there.
   *
   * @param last the number of its last row
   * @param lastHash the hash of that
   */
  Walk(long last, String lastHash) {
    this.last = last;
    this.lastHash = lastHash;
  }

  long at() {
    return at;
  }

  long last() {
    return last;
  }

  /** Goes on to that row; whether all is well with it. */
  boolean takes(Row row) {
    if (row.seq() != at + 1) {
      broken = new JsonObject().put("seq", at + 1).put("why", "the row is missing");
    } else if (!row.link().prev().equals(hash)) {
      broken = where(row).put("why", "it does not follow the row before");
    } else if (!row.isIntact()) {
      broken = where(row).put("why", "it was changed after it was written");
    } else {
      at = row.seq();
      hash = row.link().hash();
    }
    return broken == null;
  }

  /** What is to be said where no row follows. */
  JsonObject arrived() {
    if (at < last) {
      broken = new JsonObject().put("seq", at + 1).put("why", "the row is missing");
    } else if (!hash.equals(lastHash)) {
      broken =
          new JsonObject().put("seq", last).put("why", "it is not the one that was written last");
    }
    return report();
  }

  JsonObject report() {
    var report = new JsonObject().put("intact", broken == null).put("rows", at);
    return broken == null ? report : report.put("broken", broken);
  }

  private static JsonObject where(Row row) {
    var json = row.toJson();
    return new JsonObject()
        .put("seq", row.seq())
        .put("id", json.getString("id"))
        .put("ts", json.getString("ts"));
  }
}
