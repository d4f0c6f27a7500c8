package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;

/** Makes JSON-RPC notifications and requests to clients. */
public final class Notifications {

  private Notifications() {}

  /** A notification; params are the bytes of an object. */
  public static Buffer of(String method, Buffer params) {
    return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"method\":\"")
        .appendString(method)
        .appendString("\",\"params\":")
        .appendBuffer(params)
        .appendString("}");
  }

  /** A notification without params. */
  public static Buffer of(String method) {
    return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
  }
}
