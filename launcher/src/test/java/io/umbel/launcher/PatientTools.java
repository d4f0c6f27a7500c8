package io.umbel.launcher;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Tools for a node of its own: one that takes its time, one that answers, one that offers more. */
public final class PatientTools extends ToolVerticle {

  private static final long LONG_MILLIS = Duration.ofMinutes(2).toMillis();

  @Override
  protected List<Tool> tools() {
    var word = Schema.object().text("word", "Any");
    return List.of(
        Tool.named("wait", "Begins, and takes its time.", word, this::waitLong),
        Tool.named("hello", "Answers.", word, PatientTools::hello),
        Tool.named("grow", "Offers one more tool.", word, this::grow));
  }

  private Future<ToolResult> waitLong(ToolCall call) {
    call.progress(1, 2, "Waiting");
    return vertx.timer(LONG_MILLIS).map(waited -> ToolResult.text("waited"));
  }

  private static Future<ToolResult> hello(ToolCall call) {
    return Future.succeededFuture(ToolResult.text("hello"));
  }

  private Future<ToolResult> grow(ToolCall call) {
    offer(Tool.named(call.text("word"), "One more.", Schema.object(), PatientTools::hello));
    return Future.succeededFuture(ToolResult.text("grown"));
  }
}
