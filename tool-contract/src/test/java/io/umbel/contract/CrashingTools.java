package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tools of which each has a bug of another kind. */
final class CrashingTools extends ToolVerticle {

  static final String SECRET = "jdbc:postgresql://admin:hunter2@db/umbel";

  @Override
  protected List<Tool> tools() {
    return List.of(
        tool("throw_exception", call -> {
          throw new IllegalStateException(SECRET);
        }),
        tool("throw_error", call -> {
          throw new StackOverflowError(SECRET);
        }),
        tool("fail", call -> Future.failedFuture(SECRET)),
        tool("return_null", call -> null),
        tool("succeed_with_null", call -> Future.succeededFuture()),
        tool("break_output_schema", call -> of(new JsonObject().put("sum", SECRET))),
        tool("forget_output", call -> Future.succeededFuture(ToolResult.text(SECRET))));
  }

  private static Tool tool(
      String name, java.util.function.Function<ToolCall, Future<ToolResult>> function) {
    var output = Schema.object().integer("sum", "The sum").require("sum");
    return Tool.named(name, "Has a bug.", Schema.object(), function)
        .returns(output)
        .openWorld(false);
  }

  private static Future<ToolResult> of(JsonObject structured) {
    return Future.succeededFuture(ToolResult.of(structured));
  }
}
