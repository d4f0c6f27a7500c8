package io.umbel.gateway.rest;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The family of compliance as gateways know it: judges what the test says, as it says. */
public final class ComplianceTools extends ToolVerticle {

  static final JsonArray METRICS =
      JsonArray.of(JsonObject.of("id", "dor_v1", "name", "Ready", "short_name", "DoR"));

  final Queue<ToolCall> asked = new ConcurrentLinkedQueue<>();

  /** What it answers to what it is asked for. */
  volatile Function<String, ToolResult> answers =
      issue -> ToolResult.failure(ErrorCode.INTERNAL, "x");

  @Override
  protected List<Tool> tools() {
    return List.of(tool("estimate_compliance"), tool("improve_compliance"));
  }

  private Tool tool(String name) {
    var text = new JsonObject().put("type", "string");
    var input = Schema.object()
        .list("issues", "Which", text)
        .text("compliance_metric", "By what")
        .text("method", "How")
        .text("project_id", "Where")
        .text("agent_id", "Who")
        .require("issues");
    return Tool.named(name, "Judges.", input, this::judge)
        .returns(output())
        .readOnly()
        .tagged("compliance");
  }

  private static Schema output() {
    var any = new JsonObject();
    return Schema.object()
        .list("results", "Of one tool", any)
        .list("suggested_updates", "Of the other", any)
        .property("metadata", any)
        .require("metadata");
  }

  private Future<ToolResult> judge(ToolCall call) {
    asked.add(call);
    return Future.succeededFuture(answers.apply(call.texts("issues").get(0)));
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    return Future.succeededFuture(
        request.getString("operation").equals("listComplianceMetrics")
            ? JsonObject.of("status", 200, "body", METRICS)
            : JsonObject.of("status", 404));
  }
}
