package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Offer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Keeps results within the limit: a larger one becomes a preview of its JSON that says so. A tool
 * with an output schema then answers with text only, since the preview is not what it promised.
 */
final class Truncation {

  private Truncation() {}

  static Outcome bounded(Outcome outcome, Offer offer, int maxBytes) {
    if (!(outcome instanceof Outcome.Result result) || result.json().length() <= maxBytes) {
      return outcome;
    }
    var cut = new JsonObject()
        .put("truncated", true)
        .put("preview", preview(result, maxBytes))
        .put("max_bytes", maxBytes);
    var text = new JsonObject().put("type", "text").put("text", cut.encode());
    var json = new JsonObject().put("content", new JsonArray().add(text));
    if (!offer.definition().containsKey("outputSchema")) {
      json.put("structuredContent", cut);
    }
    return new Outcome.Result(json.toBuffer(), result.meta(), result.failure());
  }

  /** The first bytes, a quarter of the limit so that twice-escaped JSON stays below it. */
  private static String preview(Outcome.Result result, int maxBytes) {
    var bytes = result.json().getBytes();
    var end = Math.min(bytes.length, maxBytes / 4);
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
