package io.umbel.gateway.rest;

import io.umbel.gateway.McpServer;
import io.umbel.gateway.call.ProviderRequests;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * How well issues are written, which the family {@code compliance} finds out: each issue by a call
 * of its tool, on the way that an MCP client's call takes, so that whoever asks sees here what they
 * see there.
 */
public final class Compliance implements RestRoutes {

  /** The provider that knows. */
  private static final String COMPLIANCE = "compliance";

  private final McpServer server;
  private final ToolWay way;

  public Compliance(McpServer server) {
    this.server = server;
    this.way = new ToolWay(server);
  }

  @Override
  public Map<String, RestHandler> operations() {
    return Map.of(
        "listComplianceMetrics",
        this::metrics,
        "getIssueCompliance",
        request -> one(request, "estimate_compliance", "results"),
        "getIssueComplianceSuggestion",
        request -> one(request, "improve_compliance", "suggested_updates"));
  }

  private Future<RestAnswer> metrics(RestRequest request) {
    return ProviderRoutes.ask(
            COMPLIANCE,
            server.requests(),
            "listComplianceMetrics",
            request,
            ProviderRequests.PATIENCE)
        .map(said -> new RestAnswer(200, said.getJsonArray("body").toBuffer(), null, null));
  }

  private Future<RestAnswer> one(RestRequest request, String tool, String list) {
    return way.call(request, tool, arguments(request)).map(reply -> answer(reply, tool, list));
  }

  private static JsonObject arguments(RestRequest request) {
    var arguments = new JsonObject().put("issues", JsonArray.of(request.id()));
    request
        .query()
        .forEach((name, value) ->
            arguments.put(name.equals("metric") ? "compliance_metric" : name, value));
    return arguments;
  }

  private static RestAnswer answer(Reply reply, String tool, String list) {
    var json = reply.message().toJsonObject();
    var error = json.getJsonObject("error");
    if (error != null) {
      throw ToolWay.isUnknown(error)
          ? ProviderProblem.noSuchTool(tool)
          : ProviderProblem.ofCall(reply, error, false);
    }
    var result = json.getJsonObject("result");
    if (result.getBoolean("isError", false)) {
      throw ProviderProblem.ofTool(failure(result));
    }
    var said = result.getJsonObject("structuredContent");
    var failures = said.getJsonObject("metadata").getJsonArray("failures", new JsonArray());
    if (!failures.isEmpty()) {
      throw ProviderProblem.ofTool(failures.getJsonObject(0));
    }
    var found = said.getJsonArray(list);
    return found.isEmpty() ? RestAnswer.gone() : RestAnswer.of(found.getJsonObject(0));
  }

  /** A failure of a tool with an output schema has it in its text alone. */
  private static JsonObject failure(JsonObject result) {
    var text = result.getJsonArray("content").getJsonObject(0).getString("text");
    return new JsonObject(text).getJsonObject("error");
  }
}
