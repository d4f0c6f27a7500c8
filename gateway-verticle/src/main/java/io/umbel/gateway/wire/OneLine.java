package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;

/** Puts JSON on one line, for transports that end a message at a line's end. */
public final class OneLine {

  private OneLine() {}

  /**
   * The bytes; results are passed on as they came, so a provider may have put line feeds between.
   */
  public static byte[] of(Buffer json) {
    var bytes = json.getBytes();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    return bytes;
  }
}
