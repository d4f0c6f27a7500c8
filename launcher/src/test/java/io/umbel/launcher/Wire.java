package io.umbel.launcher;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Streams of a gateway on which a client hears what changes, of both eras. */
final class Wire {

  private static final String PREFIX = "io.modelcontextprotocol/";

  private final URI gateway;
  private final String token;

  Wire(URI gateway, String token) {
    this.gateway = gateway;
    this.token = token;
  }

  /** A subscription to the list of tools, of revision 2026-07-28. */
  LineStream listen() {
    var meta = JsonObject.of(PREFIX + "protocolVersion", "2026-07-28")
        .put(PREFIX + "clientCapabilities", new JsonObject());
    var params =
        JsonObject.of("notifications", JsonObject.of("toolsListChanged", true), "_meta", meta);
    return new LineStream(request()
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "subscriptions/listen")
        .POST(body("subscriptions/listen", params))
        .build());
  }

  /** The stream of a new session of revision 2025-11-25. */
  LineStream session() {
    var params = JsonObject.of("protocolVersion", "2025-11-25", "capabilities", new JsonObject())
        .put("clientInfo", JsonObject.of("name", "t", "version", "1"));
    var id = send(request().POST(body("initialize", params)).build());
    return new LineStream(request().header("Mcp-Session-Id", id).GET().build());
  }

  private static HttpRequest.BodyPublisher body(String method, JsonObject params) {
    return BodyPublishers.ofString(
        JsonObject.of("jsonrpc", "2.0", "id", "x", "method", method, "params", params)
            .encode());
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(gateway)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream");
  }

  private static String send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient()
          .send(request, BodyHandlers.discarding())
          .headers()
          .firstValue("Mcp-Session-Id")
          .orElseThrow();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
