package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Tools that answer when the test says so. */
final class PatientTools extends ToolVerticle {

  private final Promise<ToolCall> begun = Promise.promise();
  private final Promise<ToolResult> answer = Promise.promise();
  private final Promise<Void> cancelled = Promise.promise();
  private final AtomicInteger runs = new AtomicInteger();

  @Override
  protected List<Tool> tools() {
    var input = Schema.object().integer("a", "A number").text("b", "A text").require("a");
    return List.of(
        Tool.named("wait", "Waits.", Schema.object(), this::waitForTheTest),
        Tool.named("measure", "Measures.", input, this::count));
  }

  /** The first call, once it is here. */
  ToolCall begun() {
    return begun.future().await();
  }

  /** Completes when a call was given up. */
  Future<Void> cancelled() {
    return cancelled.future();
  }

  void answer() {
    answer.tryComplete(ToolResult.text("at last"));
  }

  /** How often a tool with arguments ran. */
  int runs() {
    return runs.get();
  }

  private Future<ToolResult> waitForTheTest(ToolCall call) {
    call.cancelled().onSuccess(cancelled::tryComplete);
    begun.tryComplete(call);
    return answer.future();
  }

  private Future<ToolResult> count(ToolCall call) {
    runs.incrementAndGet();
    return Future.succeededFuture(ToolResult.text(call.arguments().encode()));
  }
}
