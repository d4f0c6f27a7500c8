package io.umbel.registry.upstream.http;

import io.vertx.core.buffer.Buffer;

/**
 * A server-sent event.
 *
 * @param type as in {@code message}
 * @param data its bytes, without the last end of line; may be empty
 * @param id where to go on after it, or null
 */
record Event(String type, Buffer data, String id) {

  static final String MESSAGE = "message";

  /** Whether it holds a message. Some only say where to go on. */
  boolean isMessage() {
    return type.equals(MESSAGE) && data.length() > 0;
  }
}
