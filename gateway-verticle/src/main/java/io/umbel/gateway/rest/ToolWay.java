package io.umbel.gateway.rest;

import io.umbel.contract.CorrelationId;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * The way that an MCP client's call of a tool takes, for a request of the REST API: limits, what
 * the caller may see and where they may act, and the record are those of that call.
 *
 * @param server whose way it is
 */
record ToolWay(McpServer server) {

  private static final String META = "io.modelcontextprotocol/";
  private static final String REVISION = "2026-07-28";

  /** What stands for the network address in limits: the request was counted by its own before. */
  private static final String ADDRESS = "rest";

  /** What an MCP client that cannot be asked anything is answered. */
  Future<Reply> call(RestRequest request, String tool, JsonObject arguments) {
    var params = new JsonObject()
        .put("name", tool)
        .put("arguments", arguments)
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
        .receive(message, exchange, () -> server.modern().answer(message, null, exchange));
  }

  /** Whether that error says that the caller has no such tool. */
  static boolean isUnknown(JsonObject error) {
    return error.getString("message", "").startsWith("Unknown tool");
  }
}
