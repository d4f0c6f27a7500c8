package io.umbel.outbound;

import io.umbel.outbound.OutboundFailure.Reason;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a server answered, read to its end. */
public record Answer(int status, MultiMap headers, Buffer body) {

  /** Whether it is one of those from 200 to 299. */
  public boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** A header, or null. */
  public String header(String name) {
    return headers.get(name);
  }

  /** Its JSON object; throws {@link OutboundFailure} where it is none. */
  public JsonObject object() {
    if (value() instanceof JsonObject object) {
      return object;
    }
    throw broken();
  }

  /** Its JSON array; throws {@link OutboundFailure} where it is none. */
  public JsonArray array() {
    if (value() instanceof JsonArray array) {
      return array;
    }
    throw broken();
  }

  private Object value() {
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      throw broken();
    }
  }

  private OutboundFailure broken() {
    return new OutboundFailure(
        Reason.BROKEN, "The server answered with HTTP status " + status + " and no JSON", true);
  }
}
