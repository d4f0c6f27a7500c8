package io.umbel.gateway.modern;

import io.umbel.gateway.wire.McpException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A header value that stands for any text: what a header cannot hold comes as {@code =?base64?…?=}.
 */
final class HeaderValue {

  private static final String START = "=?base64?";
  private static final String END = "?=";

  private HeaderValue() {}

  /**
   * The text meant; null where there is no header.
   *
   * @throws McpException if it claims to be base64 and is not
   */
  static String decoded(String name, String header) {
    var value = header == null ? "" : header.strip();
    if (!value.startsWith(START) || !value.endsWith(END)) {
      return header == null ? null : value;
    }
    try {
      var base64 = value.substring(START.length(), value.length() - END.length());
      if (base64.length() % 4 != 0) {
        throw McpException.headerMismatch("the header " + name + " is not valid base64");
      }
      var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw McpException.headerMismatch("the header " + name + " is not valid base64");
    }
  }
}
