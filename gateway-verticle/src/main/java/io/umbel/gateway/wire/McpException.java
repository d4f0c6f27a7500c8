package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
  private static final int IN_BAND = 200;
  private static final int MISSING_CAPABILITY = -32021;

  private final int code;
  private final int status;
  private final transient JsonObject data;

  private McpException(int code, int status, String message, JsonObject data) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.data = data;
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

  /** There is no such tool, or this caller may not see it: the same words for both. */
  public static McpException unknownTool(String name) {
    return new McpException(-32602, IN_BAND, "Unknown tool: " + name, null);
  }

  /** The caller sees what it asks for, but its token does not allow this use of it. */
  public static McpException insufficientScope(Set<String> needed) {
    var scopes = new JsonArray(needed.stream().sorted().toList());
    var text = "Insufficient scope: this needs " + String.join(" ", new TreeSet<>(needed));
    return new McpException(-32003, 403, text, new JsonObject().put("required_scopes", scopes));
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

  /** The client itself gave the request up. */
  public static McpException cancelled() {
    return new McpException(-32800, IN_BAND, "Request cancelled", null);
  }

  /** Something broke that the client cannot mend. */
  public static McpException internal(String correlationId) {
    return new McpException(
        -32603, IN_BAND, "Internal error (correlation id " + correlationId + ")", null);
  }

  /** What a provider answered with, passed on. */
  public static McpException fromProvider(int code, String message, JsonObject data) {
    return new McpException(code, code == MISSING_CAPABILITY ? 400 : IN_BAND, message, data);
  }

  /** The same with another code, for an era that has its own. */
  public McpException withCode(int other) {
    return new McpException(other, status, getMessage(), data);
  }

  public int code() {
    return code;
  }

  /** More about it, or null. */
  public JsonObject data() {
    return data;
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
