package io.umbel.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What the client says of itself in a call's {@code _meta}, whatever era it is of.
 *
 * @param meta the whole {@code _meta}; empty where a call has none
 */
public record ClientFacts(JsonObject meta) {

  private static final String PREFIX = "io.modelcontextprotocol/";

  static ClientFacts of(Buffer params) {
    var json = params.toJsonObject();
    return new ClientFacts(json.getJsonObject("_meta", new JsonObject()));
  }

  /** Whether it wants to hear of progress. */
  public boolean wantsProgress() {
    return meta.getValue("progressToken") != null;
  }

  /** The least severe log line it wants, or null where it wants none. */
  public LogLevel logLevel() {
    return LogLevel.of(meta.getString(PREFIX + "logLevel"));
  }

  /** The capabilities it declares, as MCP's {@code ClientCapabilities} object. */
  public JsonObject capabilities() {
    return meta.getJsonObject(PREFIX + "clientCapabilities", new JsonObject());
  }
}
