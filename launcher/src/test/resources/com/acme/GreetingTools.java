package com.acme;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import java.util.List;

/** Says hello: the smallest useful tool verticle, to copy from. */
public final class GreetingTools extends ToolVerticle {

  @Override
  protected List<Tool> tools() {
    var input = Schema.object().text("name", "Whom to greet").require("name");
    return List.of(Tool.named("greet", "Greet one person by name.", input, this::greet));
  }

  private Future<ToolResult> greet(ToolCall call) {
    return Future.succeededFuture(ToolResult.text("Hello, " + call.text("name") + "!"));
  }
}
