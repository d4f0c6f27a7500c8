package io.umbel.gateway.rest;

import io.umbel.contract.CorrelationId;
import io.umbel.contract.ServerNames;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Calls tools for those who speak no MCP: on the way that an MCP client's call takes. */
public final class ToolCalls implements RestRoutes {

  private static final String META = "io.modelcontextprotocol/";
  private static final String REVISION = "2026-07-28";

  /** What stands for the network address in limits: the request was counted by its own before. */
  private static final String ADDRESS = "rest";

  private final McpServer server;

  public ToolCalls(McpServer server) {
    this.server = server;
  }

  @Override
  public Map<String, RestHandler> operations() {
    return Map.of("callTool", this::call);
  }

  private Future<RestAnswer> call(RestRequest request) {
    var body = request.body();
    var params = new JsonObject()
        .put("name", name(body))
        .put("arguments", body.getJsonObject("arguments", new JsonObject()))
        .put(
            "_meta",
            new JsonObject()
                .put(META + "protocolVersion", REVISION)
                .put(META + "clientCapabilities", new JsonObject()));
    var message = EnvelopeReader.read(JsonObject.of("jsonrpc", "2.0", "id", 1)
        .put("method", "tools/call")
        .put("params", params)
        .toBuffer()
        .getBytes());
    var origin = new Origin(request.caller(), ADDRESS, CorrelationId.from(request.correlationId()));
    var exchange = Exchange.of(origin, EventSink.NONE);
    return server
        .reception()
        .receive(message, exchange, () -> server.modern().answer(message, null, exchange))
        .compose(reply -> answer(reply, body));
  }

  /** The name it is listed by: tools of upstream servers have theirs before them. */
  private String name(JsonObject body) {
    var tool = body.getString("tool");
    var whose = body.getString("server");
    var offer = server.tools().get(tool);
    return whose == null || (offer != null && offer.provider().equals(whose))
        ? tool
        : ServerNames.of(whose, tool);
  }

  private static Future<RestAnswer> answer(Reply reply, JsonObject asked) {
    var json = reply.message().toJsonObject();
    var error = json.getJsonObject("error");
    if (error == null) {
      var result = json.getJsonObject("result");
      result.remove("resultType");
      return Future.succeededFuture(RestAnswer.of(result));
    }
    var unknown = error.getString("message", "").startsWith("Unknown tool");
    return Future.failedFuture(
        unknown && asked.containsKey("server")
            ? ProviderProblem.noServerWith(asked.getString("server"), asked.getString("tool"))
            : ProviderProblem.ofCall(reply, error, unknown));
  }
}
