package io.umbel.registry.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Any text as the value of a header: what a header cannot hold goes as {@code =?base64?…?=}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
final class HeaderText {

  private static final String START = "=?base64?";
  private static final String END = "?=";

  private HeaderText() {}

  static String encoded(String text) {
    return isPlain(text)
        ? text
        : START + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + END;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      var one = text.charAt(i);
      if (one < ' ' || one > '~') {
        return false;
      }
    }
    var looksEncoded = text.startsWith(START) && text.endsWith(END);
    return !looksEncoded && text.strip().length() == text.length();
  }
}
