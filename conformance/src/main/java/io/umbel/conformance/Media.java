package io.umbel.conformance;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** The smallest image and the shortest sound that are still valid files. */
final class Media {

  static final String PNG = "image/png";
  static final String WAV = "audio/wav";

  private Media() {}

  /** One pixel. */
  static Buffer image() {
    return bytes("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNwa9oCAAKOAX32jl6wAAAA"
        + "AElFTkSuQmCC");
  }

  /** A millisecond of silence. */
  static Buffer sound() {
    return bytes("UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==");
  }

  private static Buffer bytes(String base64) {
    return Buffer.buffer(Base64.getDecoder().decode(base64));
  }
}
