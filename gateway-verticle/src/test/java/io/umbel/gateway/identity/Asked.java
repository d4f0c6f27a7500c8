package io.umbel.gateway.identity;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.Guards;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.WhoTools;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** A gateway that asks who its clients are, with a tool that says it back. */
final class Asked implements AutoCloseable {

  static final String CHALLENGE = "Bearer resource_metadata="
      + "\"https://gateway.example/.well-known/oauth-protected-resource/mcp\","
      + " scope=\"tools admin\"";

  static final String REFUSAL = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,"
      + "\"message\":\"Unauthorized: send a valid bearer token\"}}";

  private final RunningGateway gateway;

  Asked(Guards guards) {
    gateway = new RunningGateway(GatewaySettings.defaults().guardedBy(guards), new WhoTools());
  }

  RunningGateway gateway() {
    return gateway;
  }

  HttpResponse<String> call(String... headers) {
    return call(new JsonObject(), headers);
  }

  /** A call of the tool by a client with these headers, name by value. */
  HttpResponse<String> call(JsonObject arguments, String... headers) {
    var all = new String[headers.length + 6];
    System.arraycopy(headers, 0, all, 6, headers.length);
    all[0] = "MCP-Protocol-Version";
    all[1] = "2026-07-28";
    all[2] = "Mcp-Method";
    all[3] = "tools/call";
    all[4] = "Mcp-Name";
    all[5] = "who";
    return gateway.post(body(arguments), all);
  }

  static String body(JsonObject arguments) {
    return RunningGateway.modernBody(
        "tools/call", JsonObject.of("name", "who", "arguments", arguments));
  }

  HttpResponse<String> callWith(String token) {
    return call("Authorization", "Bearer " + token);
  }

  /** Whom the tool took that token's bearer for. */
  JsonObject who(String token) {
    return said(callWith(token));
  }

  static JsonObject said(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return new JsonObject(response.body())
        .getJsonObject("result")
        .getJsonObject("structuredContent");
  }

  @Override
  public void close() {
    gateway.close();
  }
}
