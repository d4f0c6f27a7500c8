package io.umbel.gateway.modern;

import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The HTTP headers that repeat parts of a stateless request's body, so that intermediaries need not
 * parse it. What they repeat must be there and must be the same.
 *
 * @param version {@code MCP-Protocol-Version}, or null
 * @param method {@code Mcp-Method}, or null
 * @param name {@code Mcp-Name}, or null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
public record MirroredHeaders(String version, String method, String name) {

  private static final String VERSION = "MCP-Protocol-Version";
  private static final String ENCODED_START = "=?base64?";
  private static final String ENCODED_END = "?=";

  /**
   * Throws {@link McpException#headerMismatch} if another revision stands here than in the body.
   */
  void checkVersion(Envelope message) {
    if (version != null) {
      same(VERSION, version, message.params().meta().claim().version());
    }
  }

  /** Throws {@link McpException#headerMismatch} unless everything is here and agrees. */
  void check(Envelope message) {
    same(VERSION, version, message.params().meta().claim().version());
    same("Mcp-Method", method, message.method());
    var mirrorsName = McpMethod.of(message.method(), Revision.V2026_07_28)
        .map(McpMethod::mirrorsName)
        .orElse(false);
    if (mirrorsName && message.params().facts().name() != null) {
      same("Mcp-Name", decoded(name), message.params().facts().name());
    }
  }

  private static void same(String header, String sent, String body) {
    if (sent == null) {
      throw McpException.headerMismatch(
          "the header " + header + " is missing; it must repeat \"" + body + "\" of the body");
    }
    if (!sent.strip().equals(body)) {
      throw McpException.headerMismatch(
          "the header " + header + " says otherwise than the body, which says \"" + body + "\"");
    }
  }

  /** A value that a header cannot hold as it is comes as {@code =?base64?…?=}. */
  private static String decoded(String header) {
    var value = header == null ? "" : header.strip();
    if (!value.startsWith(ENCODED_START) || !value.endsWith(ENCODED_END)) {
      return header;
    }
    try {
      var base64 = value.substring(ENCODED_START.length(), value.length() - ENCODED_END.length());
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw McpException.headerMismatch("the header Mcp-Name is not valid base64");
    }
  }
}
