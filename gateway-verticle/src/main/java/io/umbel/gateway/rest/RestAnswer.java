package io.umbel.gateway.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What goes back.
 *
 * @param status of HTTP
 * @param body JSON, or null
 * @param etag with its quotation marks, or null
 * @param location of what was made, or null
 */
public record RestAnswer(int status, Buffer body, String etag, String location) {

  /** Here it is. */
  public static RestAnswer of(JsonObject body) {
    return new RestAnswer(200, body.toBuffer(), null, null);
  }

  /** One thing, whose version is among its members. */
  static RestAnswer one(JsonObject shown) {
    return new RestAnswer(200, shown.toBuffer(), ETags.of(shown.getLong("version")), null);
  }

  /** It was made. */
  static RestAnswer made(JsonObject shown, String location) {
    return new RestAnswer(201, shown.toBuffer(), ETags.of(shown.getLong("version")), location);
  }

  /** It is gone. */
  static RestAnswer gone() {
    return new RestAnswer(204, null, null, null);
  }
}
