package io.umbel.gateway;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** What clients of both eras say, as well-behaved ones do. */
public final class Talk {

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String BOTH = "application/json, text/event-stream";

  private Talk() {}

  /** The capabilities of a client that can be asked everything. */
  public static JsonObject everything() {
    return JsonObject.of(
        "elicitation", new JsonObject(), "sampling", new JsonObject(), "roots", new JsonObject());
  }

  public static JsonObject message(Object id, String method, JsonObject params) {
    var message = JsonObject.of("jsonrpc", "2.0", "method", method, "params", params);
    return id == null ? message : message.put("id", id);
  }

  public static JsonObject tool(String name) {
    return JsonObject.of("name", name, "arguments", new JsonObject());
  }

  public static JsonObject accepted(String name) {
    return JsonObject.of("action", "accept", "content", JsonObject.of("name", name));
  }

  /** The first text of a tool's result. */
  public static String text(JsonObject answer) {
    return answer
        .getJsonObject("result")
        .getJsonArray("content")
        .getJsonObject(0)
        .getString("text");
  }

  public static JsonObject modernMessage(
      Object id, String method, JsonObject params, JsonObject meta) {
    var whole = JsonObject.of(PREFIX + "protocolVersion", "2026-07-28")
        .put(PREFIX + "clientCapabilities", everything())
        .mergeIn(meta);
    return message(id, method, params.copy().put("_meta", whole));
  }

  /** A stateless request of a client that can be asked everything. */
  public static EventClient modern(int port, Object id, String method, JsonObject params) {
    return modern(port, id, method, params, new JsonObject());
  }

  public static EventClient modern(
      int port, Object id, String method, JsonObject params, JsonObject meta) {
    var request = to(port, "/mcp")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", method)
        .POST(body(modernMessage(id, method, params, meta)));
    var name = params.getString("name", params.getString("uri"));
    return new EventClient((name == null ? request : request.header("Mcp-Name", name)).build());
  }

  /** Begins a session and gives its id. */
  public static String initialize(int port, String revision, JsonObject capabilities) {
    var request = to(port, "/mcp").POST(body(initializeMessage(revision, capabilities)));
    return new EventClient(request.build())
        .response()
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
  }

  public static JsonObject initializeMessage(String revision, JsonObject capabilities) {
    var params = JsonObject.of("protocolVersion", revision, "capabilities", capabilities);
    return message("init", "initialize", params);
  }

  public static String initialize(int port) {
    return initialize(port, "2025-11-25", everything());
  }

  /** A request of a session. */
  public static EventClient legacy(
      int port, String session, Object id, String method, JsonObject params) {
    return legacy(port, session, message(id, method, params));
  }

  /** Any message of a session. */
  public static EventClient legacy(int port, String session, JsonObject message) {
    return new EventClient(
        to(port, "/mcp").header("Mcp-Session-Id", session).POST(body(message)).build());
  }

  /** Ends a session; the status. */
  public static int delete(int port, String session) {
    return new EventClient(
            to(port, "/mcp").header("Mcp-Session-Id", session).DELETE().build())
        .status();
  }

  /** A client's answer to what it was asked. */
  public static int answer(int port, String session, String id, JsonObject result) {
    var message = JsonObject.of("jsonrpc", "2.0", "id", id, "result", result);
    return legacy(port, session, message).status();
  }

  /** The session's own stream, or the rest of one it was cut off from. */
  public static EventClient listen(int port, String session, String lastEvent) {
    var request = to(port, "/mcp").setHeader("Accept", "text/event-stream");
    request.header("Mcp-Session-Id", session);
    if (lastEvent != null) {
      request.header("Last-Event-ID", lastEvent);
    }
    return new EventClient(request.GET().build());
  }

  public static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Content-Type", "application/json")
        .header("Accept", BOTH);
  }

  public static HttpRequest.BodyPublisher body(JsonObject message) {
    return BodyPublishers.ofString(message.encode());
  }

  /** What a client that comes back sends: the same params with answers and state. */
  public static JsonObject again(JsonObject params, String state, Map<String, Object> answers) {
    return params.copy().put("requestState", state).put("inputResponses", new JsonObject(answers));
  }
}
