package io.umbel.gateway.rest;

import io.umbel.contract.ServerNames;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Calls tools for those who speak no MCP: on the way that an MCP client's call takes. */
public final class ToolCalls implements RestRoutes {

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
    return new ToolWay(server)
        .call(request, name(body), body.getJsonObject("arguments", new JsonObject()))
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
    var unknown = ToolWay.isUnknown(error);
    return Future.failedFuture(
        unknown && asked.containsKey("server")
            ? ProviderProblem.noServerWith(asked.getString("server"), asked.getString("tool"))
            : ProviderProblem.ofCall(reply, error, unknown));
  }
}
