package io.umbel.conformance.through;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;

/** A client of 2026-07-28: comes back with answers as often as it is asked. */
final class ModernClient extends Client {

  private static final String MCP = "io.modelcontextprotocol/";

  ModernClient(URI uri) {
    super(uri);
  }

  @Override
  JsonObject request(String method, JsonObject params) {
    var meta = new JsonObject()
        .put(MCP + "protocolVersion", "2026-07-28")
        .put(MCP + "clientCapabilities", CAPABILITIES)
        .put(MCP + "logLevel", "info")
        .put("progressToken", "p");
    var asked = params.copy().put("_meta", meta);
    for (var result = once(method, asked); ; result = once(method, asked)) {
      if (!"input_required".equals(result.getString("resultType"))) {
        return result;
      }
      asked = asked.copy();
      asked.remove("inputResponses");
      asked.remove("requestState");
      if (result.containsKey("requestState")) {
        asked.put("requestState", result.getValue("requestState"));
      }
      asked.put("inputResponses", answers(result.getJsonObject("inputRequests", new JsonObject())));
    }
  }

  private JsonObject answers(JsonObject requests) {
    var answers = new JsonObject();
    requests.forEach(request -> answers.put(
        request.getKey(), answer(((JsonObject) request.getValue()).getString("method"))));
    return answers;
  }

  private JsonObject once(String method, JsonObject params) {
    var named = params.getString("name", params.getString("uri"));
    var response = named == null
        ? post(message(method, params), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method)
        : post(
            message(method, params),
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            method,
            "Mcp-Name",
            named);
    List<JsonObject> all = messages(response).toList();
    told.addAll(all.subList(0, all.size() - 1));
    var last = all.get(all.size() - 1);
    return last.containsKey("result") ? last.getJsonObject("result") : last;
  }
}
