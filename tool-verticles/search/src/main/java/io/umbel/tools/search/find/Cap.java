package io.umbel.tools.search.find;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How much of an answer fits. A result is told twice: as it is, and as a text of the same. */
final class Cap {

  /** Whatever stands around both of them. */
  private static final int AROUND = 1_000;

  private Cap() {}

  /** The first of them that take no more bytes than that, together. */
  static JsonArray fit(JsonArray results, int most) {
    var fitting = new JsonArray();
    int left = most - AROUND;
    for (var result : results) {
      left -= bytes((JsonObject) result) + 4;
      if (left < 0) {
        break;
      }
      fitting.add(result);
    }
    return fitting;
  }

  /** How many an object takes, told twice. */
  static int bytes(JsonObject object) {
    var text = object.toBuffer();
    return text.length() + JsonObject.of("text", text.toString()).toBuffer().length();
  }
}
