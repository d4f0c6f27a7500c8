package io.umbel.tools.system;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The family of issues as fetch knows it: one issue, and one that the caller may not read. */
public final class IssuesTools extends ToolVerticle {

  static final String THERE = "00000000-0000-0000-0000-000000000001";
  static final String DENIED = "00000000-0000-0000-0000-000000000002";

  @Override
  protected List<Tool> tools() {
    var include = new JsonObject().put("type", "string");
    var input = Schema.object()
        .text("issue", "Which")
        .list("include", "What more", include)
        .require("issue");
    return List.of(
        Tool.named("get_issue", "Reads one.", input, IssuesTools::get).readOnly());
  }

  private static Future<ToolResult> get(ToolCall call) {
    return switch (call.text("issue")) {
      case THERE ->
        Future.succeededFuture(ToolResult.of(JsonObject.of("id", THERE, "key", "WEB-1")
            .put("title", "A boat")
            .put("comments", call.arguments().getJsonArray("include"))));
      case DENIED ->
        Future.failedFuture(new ToolFailure(ErrorCode.ACCESS_DENIED, "Say project_id", null));
      default -> Future.failedFuture(new ToolFailure(ErrorCode.NOT_FOUND, "No issue", null));
    };
  }
}
