package io.umbel.conformance.through;

import io.vertx.core.json.JsonObject;
import java.net.URI;

/** A client of 2025-11-25: has a session, and answers on the way what it is asked on a stream. */
final class LegacyClient extends Client {

  private final String session;

  LegacyClient(URI uri) {
    super(uri);
    var params = new JsonObject()
        .put("protocolVersion", "2025-11-25")
        .put("capabilities", CAPABILITIES)
        .put("clientInfo", JsonObject.of("name", "c", "version", "1"));
    var response = post(message("initialize", params));
    session = response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    response.body().forEach(line -> {});
    say(JsonObject.of("jsonrpc", "2.0", "method", "notifications/initialized"));
    request("logging/setLevel", JsonObject.of("level", "info"));
  }

  @Override
  JsonObject request(String method, JsonObject params) {
    var asked = params.copy().put("_meta", JsonObject.of("progressToken", "p"));
    var response = post(message(method, asked), headers());
    var answers = messages(response).iterator();
    while (answers.hasNext()) {
      var message = answers.next();
      if (!message.containsKey("method")) {
        return message.containsKey("result") ? message.getJsonObject("result") : message;
      }
      if (message.containsKey("id")) {
        say(new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", message.getValue("id"))
            .put("result", answer(message.getString("method"))));
      } else {
        told.add(message);
      }
    }
    throw new AssertionError("the stream ended without an answer");
  }

  private void say(JsonObject message) {
    post(message, headers()).body().forEach(line -> {});
  }

  private String[] headers() {
    return new String[] {"Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25"};
  }
}
