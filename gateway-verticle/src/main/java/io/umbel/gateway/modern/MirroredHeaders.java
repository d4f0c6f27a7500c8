package io.umbel.gateway.modern;

import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.Revision;
import java.util.function.UnaryOperator;

/**
 * The HTTP headers that repeat parts of a stateless request's body, so that intermediaries need not
 * parse it. What they repeat must be there and must be the same.
 *
 * @param version {@code MCP-Protocol-Version}, or null
 * @param method {@code Mcp-Method}, or null
 * @param name {@code Mcp-Name}, or null
 * @param others any header by its name
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
public record MirroredHeaders(
    String version, String method, String name, UnaryOperator<String> others) {

  private static final String VERSION = "MCP-Protocol-Version";

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
    var mirrored = McpMethod.of(message.method(), Revision.V2026_07_28)
        .map(known -> known.mirrored(message.params().facts()));
    if (mirrored.isPresent()) {
      same("Mcp-Name", HeaderValue.decoded("Mcp-Name", name), mirrored.get());
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
}
