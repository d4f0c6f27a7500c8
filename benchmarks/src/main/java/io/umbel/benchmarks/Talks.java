package io.umbel.benchmarks;

import io.umbel.benchmarks.Row.Talk;
import io.umbel.benchmarks.load.Dialogue;
import io.umbel.benchmarks.subject.Token;
import java.util.Map;

/**
 * Calls of a tool that takes a {@code message}, as clients of both eras make them.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
 *     Streamable HTTP</a>
 */
final class Talks {

  /** What each call says: its own number, so that no answer can be taken for another's. */
  static final String MESSAGE = "call " + Dialogue.NUMBER + ", like no other call";

  private static final String META = """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{},\
      "io.modelcontextprotocol/clientInfo":{"name":"umbel-benchmarks","version":"1"}},""";

  private Talks() {}

  /** As a client of revision 2026-07-28: every request says all there is to know. */
  static Talk modern(String path, String tool, String expected) {
    var headers = Map.of(
        "Authorization",
        Token.bearer(),
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        tool);
    return new Talk(new Dialogue(path, headers, body(tool, META), expected), false);
  }

  /** As a client of revision 2025-11-25, which has a session. */
  static Talk legacy(String path, String tool, String expected) {
    var headers = Map.of("Authorization", Token.bearer(), "MCP-Protocol-Version", "2025-11-25");
    return new Talk(new Dialogue(path, headers, body(tool, ""), expected), true);
  }

  private static String body(String tool, String meta) {
    return """
        {"jsonrpc":"2.0","id":%s,"method":"tools/call",\
        "params":{%s"name":"%s","arguments":{"message":"%s"}}}""".formatted(Dialogue.NUMBER, meta, tool, MESSAGE);
  }
}
