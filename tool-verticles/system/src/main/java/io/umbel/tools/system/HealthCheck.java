package io.umbel.tools.system;

import io.umbel.contract.Node;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** {@code health_check}: whoever answers is alive, and says who it is. */
final class HealthCheck {

  private final Supplier<Node> node;

  HealthCheck(Supplier<Node> node) {
    this.node = node;
  }

  Tool tool() {
    var description = "Tells that the system is alive, which version runs, and on which node.";
    return Tool.named("health_check", description, Schema.object(), this::check)
        .titled("Health check")
        .returns(output());
  }

  private Future<ToolResult> check(ToolCall call) {
    return Future.succeededFuture(ToolResult.of(now()));
  }

  /** That this is alive, and what it is. */
  JsonObject now() {
    var about = node.get().about();
    return new JsonObject()
        .put("status", "ok")
        .put("service", about.service())
        .put("version", about.version())
        .put("environment", about.environment())
        .put("node_id", node.get().id());
  }

  private static Schema output() {
    return Schema.object()
        .choice("status", "That it is alive", "ok")
        .text("service", "The product's name")
        .text("version", "The product's version")
        .text("environment", "What the operator calls this installation")
        .text("node_id", "The node that answered")
        .require("status", "service", "version", "environment", "node_id");
  }
}
