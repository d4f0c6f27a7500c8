package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON-RPC error as the answer to a message: not a bug, so it has no stack. Every error that the
 * gateway itself makes is a factory method here, with its code and its HTTP status.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic#error-codes">Codes</a>
 */
public final class McpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names how to get a token, or a better one; the transport adds where to read more. */
  public static final String CHALLENGE = "WWW-Authenticate";

  private static final int IN_BAND = 200;
  private static final int MISSING_CAPABILITY = -32021;

  /** A number of our own: the specification has none. */
  private static final int RATE_LIMITED = -32029;

  private final int code;
  private final int status;
  private final transient JsonObject data;
  private final transient Map<String, String> headers;

  private McpException(int code, int status, String message, JsonObject data) {
    this(code, status, message, data, Map.of());
  }

  private McpException(
      int code, int status, String message, JsonObject data, Map<String, String> headers) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.data = data;
    this.headers = headers;
  }

  /** The body is not JSON. */
  public static McpException parseError(String why) {
    return new McpException(-32700, 400, "Parse error: " + why, null);
  }

  /** JSON, but no JSON-RPC message, or one that may not be sent here. */
  public static McpException invalidRequest(String why) {
    return new McpException(-32600, 400, "Invalid Request: " + why, null);
  }

  /** An invalid request with an HTTP status that says more. */
  public static McpException refused(int status, String why) {
    return new McpException(-32600, status, why, null);
  }

  /** No such method in this era. Over HTTP 404 for stateless clients, in band for older ones. */
  public static McpException methodNotFound(String method) {
    return new McpException(-32601, 404, "Method not found: " + method, null);
  }

  /** The {@code _meta} that every stateless request needs is missing or malformed. */
  public static McpException badMeta(String why) {
    return new McpException(-32602, 400, "Invalid params: " + why, null);
  }

  /** The params do not fit the method. */
  public static McpException invalidParams(String why) {
    return new McpException(-32602, IN_BAND, "Invalid params: " + why, null);
  }

  /**
   * There is no such tool, or this caller may not see it: the same words for both.
   *
   * @param near the name of one that this caller may see, and perhaps meant
   */
  public static McpException unknownTool(String name, Optional<String> near) {
    var meant = near.map(other -> ". Did you mean " + other + "?").orElse("");
    return new McpException(-32602, IN_BAND, "Unknown tool: " + name + meant, null);
  }

  /** There is no such upstream server, or this caller may not see it. */
  public static McpException unknownServer(String namespace) {
    return new McpException(-32602, 404, "Unknown server: " + namespace, null);
  }

  /** There is no such prompt, or this caller may not see it. */
  public static McpException unknownPrompt(String name) {
    return new McpException(-32602, IN_BAND, "Unknown prompt: " + name, null);
  }

  /** There is no such resource, or this caller may not see it. */
  public static McpException resourceNotFound(String uri) {
    var data = new JsonObject().put("uri", uri);
    return new McpException(-32602, IN_BAND, "Resource not found: " + uri, data);
  }

  /** A {@code requestState} that was not given out for this request, or is over. */
  public static McpException badState(String why) {
    return new McpException(-32602, IN_BAND, "Invalid params: requestState " + why, null);
  }

  /** A header disagrees with the body it repeats. */
  public static McpException headerMismatch(String why) {
    return new McpException(-32020, 400, "Header mismatch: " + why, null);
  }

  /** A revision this gateway does not speak. */
  public static McpException unsupportedVersion(String requested) {
    var data = new JsonObject()
        .put("supported", new JsonArray(Revision.stateless()))
        .put("requested", requested);
    return new McpException(-32022, 400, "Unsupported protocol version: " + requested, data);
  }

  /** An older client named no session. */
  public static McpException sessionRequired() {
    return new McpException(
        -32000,
        400,
        "No session: send initialize first, and over HTTP repeat its Mcp-Session-Id header",
        null);
  }

  /** The session is over, or never was; the client starts a new one. */
  public static McpException sessionNotFound() {
    return new McpException(-32001, 404, "Session not found: send initialize again", null);
  }

  /** No token, or none that is good here: the same words for whatever is wrong with it. */
  public static McpException unauthenticated() {
    return new McpException(-32001, 401, "Unauthorized: send a valid bearer token", null)
        .withHeader(CHALLENGE, "Bearer");
  }

  /**
   * The token is good, but not for this.
   *
   * @param scopes everything that is needed, so that the client asks its user once
   */
  public static McpException insufficientScope(Set<String> scopes) {
    var sorted = new TreeSet<>(scopes);
    var needed = String.join(" ", sorted);
    var data = new JsonObject().put("required_scopes", new JsonArray(List.copyOf(sorted)));
    return new McpException(-32003, 403, "Insufficient scope: this needs " + needed, data)
        .withHeader(
            CHALLENGE,
            "Bearer error=\"insufficient_scope\", scope=\"%1$s\", error_description=\"This needs %1$s\""
                .formatted(needed));
  }

  /** What is needed to answer is away; the client may try again after that many seconds. */
  public static McpException unavailable(String why, int retryAfterSeconds) {
    return new McpException(-32603, 503, why, null)
        .withHeader("Retry-After", String.valueOf(retryAfterSeconds));
  }

  /** The client itself gave the request up. */
  public static McpException cancelled() {
    return new McpException(-32800, IN_BAND, "Request cancelled", null);
  }

  /** Something broke that the client cannot mend. */
  public static McpException internal(String correlationId) {
    return new McpException(
        -32603, IN_BAND, "Internal error (correlation id " + correlationId + ")", null);
  }

  /**
   * This caller has asked for more than it may; sooner than after so long it need not come back.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6585#section-4">429</a>
   */
  public static McpException rateLimited(Duration wait) {
    var millis = Math.max(1, (wait.toNanos() + 999_999) / 1_000_000);
    return new McpException(
            RATE_LIMITED,
            429,
            "Too many requests: try again in " + seconds(millis) + " s",
            new JsonObject().put("retry_after_ms", millis))
        .withHeader("Retry-After", seconds(millis));
  }

  /** Whole, never too few, and at least one. */
  private static String seconds(long millis) {
    return Long.toString((millis + 999) / 1_000);
  }

  /** What a provider answered with, passed on. */
  public static McpException fromProvider(int code, String message, JsonObject data) {
    return new McpException(code, code == MISSING_CAPABILITY ? 400 : IN_BAND, message, data);
  }

  /** The same with another code, for an era that has its own. */
  public McpException withCode(int other) {
    return new McpException(other, status, getMessage(), data, headers);
  }

  /** The same with a header for transports that have any. */
  public McpException withHeader(String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return new McpException(code, status, getMessage(), data, Map.copyOf(more));
  }

  public int code() {
    return code;
  }

  /** More about it, or null. */
  public JsonObject data() {
    return data;
  }

  /** What the answer's headers say beside the usual, by name. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The HTTP status where it is told by one; {@code 200} where the error is in band. */
  public int status() {
    return status;
  }

  /** The JSON-RPC response. */
  public Buffer toResponse(String id) {
    var error = new JsonObject().put("code", code).put("message", getMessage());
    if (data != null) {
      error.put("data", data);
    }
    var response = Buffer.buffer("{\"jsonrpc\":\"2.0\",");
    if (id != null) {
      response.appendString("\"id\":").appendString(id).appendString(",");
    }
    return response.appendString("\"error\":").appendBuffer(error.toBuffer()).appendString("}");
  }
}
