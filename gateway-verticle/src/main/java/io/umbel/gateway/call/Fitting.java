package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.Result;
import io.umbel.gateway.catalog.Offer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Makes results fit to be passed on: within the limit, and without structured content that is not
 * what the tool's output schema promises. Clients check that even of a failure, and show their user
 * nothing where it breaks; the text block says the same.
 */
final class Fitting {

  private static final String STRUCTURED = "structuredContent";

  private Fitting() {}

  static Outcome fit(Outcome outcome, Offer offer, int maxBytes) {
    if (!(outcome instanceof Result result)) {
      return outcome;
    }
    var promised = offer.definition().containsKey("outputSchema");
    if (result.json().length() > maxBytes) {
      return cut(result, promised, maxBytes);
    }
    return promised && result.failure() != null ? withoutStructure(result) : result;
  }

  private static Result withoutStructure(Result result) {
    var json = result.json().toJsonObject();
    json.remove(STRUCTURED);
    return new Result(json.toBuffer(), result.meta(), result.failure());
  }

  /** A preview that says so. Where a structure was promised, it is no success. */
  private static Result cut(Result result, boolean promised, int maxBytes) {
    var cut = new JsonObject()
        .put("truncated", true)
        .put("preview", preview(result.json(), maxBytes))
        .put("max_bytes", maxBytes);
    var text = new JsonObject().put("type", "text").put("text", cut.encode());
    var json = new JsonObject().put("content", new JsonArray().add(text));
    if (!promised) {
      json.put(STRUCTURED, cut);
    }
    if (promised || result.failure() != null) {
      json.put("isError", true);
    }
    return new Result(json.toBuffer(), result.meta(), result.failure());
  }

  /** The first bytes, a quarter of the limit so that twice-escaped JSON stays below it. */
  private static String preview(Buffer json, int maxBytes) {
    var bytes = json.getBytes();
    var end = Math.min(bytes.length, maxBytes / 4);
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
