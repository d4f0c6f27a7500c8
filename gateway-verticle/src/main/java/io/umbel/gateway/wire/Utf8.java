package io.umbel.gateway.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that systems exchange is UTF-8 (RFC 8259, section 8.1). Jackson also takes UTF-16 and
 * UTF-32, whose offsets it does not know, and what it skips may be overlong or half a surrogate
 * pair: it would reach a tool as it came.
 */
final class Utf8 {

  private Utf8() {}

  /** No JSON text holds a NUL, and one in UTF-16 or UTF-32 begins with one or has it second. */
  static boolean isValid(byte[] bytes) {
    for (var b : bytes) {
      if (b <= 0) {
        return b < 0 && isDecodable(bytes);
      }
    }
    return true;
  }

  private static boolean isDecodable(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
