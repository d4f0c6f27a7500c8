package io.umbel.gateway.stdio;

import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The HTTP headers that stdio does not have: made from each message, or remembered. */
final class BridgeHeaders {

  private static final String SESSION = "Mcp-Session-Id";

  private final String token;
  private String session;

  /**
   * The headers of one bridge.
   *
   * @param token sent as a bearer token, or null
   */
  BridgeHeaders(String token) {
    this.token = token;
  }

  boolean hasSession() {
    return session != null;
  }

  void put(Envelope message, MultiMap headers, boolean stateless) {
    headers
        .set(HttpHeaders.CONTENT_TYPE, "application/json")
        .set(HttpHeaders.ACCEPT, "application/json, text/event-stream");
    if (token != null) {
      headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    if (stateless) {
      putMirrored(message, headers);
    } else if (session != null) {
      headers.set(SESSION, session);
    }
  }

  /** A session begins with the answer to initialize. */
  void remember(MultiMap headers) {
    var begun = headers.get(SESSION);
    session = begun == null ? session : begun;
  }

  static boolean isStream(HttpClientResponse response) {
    var type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }

  private static void putMirrored(Envelope message, MultiMap headers) {
    var version = message.params().meta().claim().version();
    var revision = version == null ? Revision.V2026_07_28.text() : version;
    headers.set("MCP-Protocol-Version", encoded(revision));
    headers.set("Mcp-Method", encoded(String.valueOf(message.method())));
    McpMethod.of(message.method(), Revision.V2026_07_28)
        .map(method -> method.mirrored(message.params().facts()))
        .ifPresent(name -> headers.set("Mcp-Name", encoded(name)));
  }

  /** Visible ASCII goes as it is; anything else as base64 in the wire's own brackets. */
  private static String encoded(String name) {
    var plain = name.chars().allMatch(c -> c > ' ' && c < 0x7F) && !name.startsWith("=?base64?");
    return plain
        ? name
        : "=?base64?"
            + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
