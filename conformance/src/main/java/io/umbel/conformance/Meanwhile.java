package io.umbel.conformance;

import io.umbel.contract.LogLevel;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;

/** Tools that say something before they answer, or let the client hang up meanwhile. */
final class Meanwhile {

  private static final long STEP_MILLIS = 50;
  private static final long HUNG_UP_MILLIS = 100;

  private final Vertx vertx;

  Meanwhile(Vertx vertx) {
    this.vertx = vertx;
  }

  List<Tool> tools() {
    return List.of(
        tool("test_tool_with_logging", "Sends three log lines.", this::logging),
        tool("test_logging_tool", "Sends one log line.", this::loggingOnce),
        tool("test_tool_with_progress", "Reports progress in three steps.", this::progress),
        tool("test_reconnection", "Lets the client come back for the answer.", this::reconnection));
  }

  private static Tool tool(
      String name, String description, Function<ToolCall, Future<ToolResult>> function) {
    return Tool.named(name, description, Schema.object(), function);
  }

  private Future<ToolResult> logging(ToolCall call) {
    return said(call, "Tool execution started")
        .compose(waited -> said(call, "Tool processing data"))
        .compose(waited -> said(call, "Tool execution completed"))
        .map(waited -> ToolResult.text("Three log lines were sent."));
  }

  private Future<ToolResult> loggingOnce(ToolCall call) {
    return said(call, "Only who asked for log lines reads this")
        .map(waited -> ToolResult.text("One log line was sent."));
  }

  private Future<ToolResult> progress(ToolCall call) {
    return reached(call, 0)
        .compose(waited -> reached(call, 50))
        .compose(waited -> reached(call, 100))
        .map(waited -> ToolResult.text("Done in three steps."));
  }

  private Future<ToolResult> reconnection(ToolCall call) {
    call.pause();
    return vertx
        .timer(HUNG_UP_MILLIS)
        .map(waited -> ToolResult.text("The client has come back for this."));
  }

  private Future<Void> said(ToolCall call, String line) {
    call.log(LogLevel.INFO, line);
    return vertx.timer(STEP_MILLIS);
  }

  private Future<Void> reached(ToolCall call, int percent) {
    call.progress(percent, 100, "Completed " + percent + " of 100");
    return vertx.timer(STEP_MILLIS);
  }
}
