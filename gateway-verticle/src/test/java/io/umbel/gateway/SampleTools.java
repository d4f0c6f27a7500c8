package io.umbel.gateway;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Tools that behave as tests need them: answer, refuse, break, hang. */
public final class SampleTools extends ToolVerticle {

  /** Counts down when a call of {@code hang} has begun, and when one was given up. */
  public final CountDownLatch begun = new CountDownLatch(1);

  public final CountDownLatch givenUp = new CountDownLatch(1);

  @Override
  protected List<Tool> tools() {
    var numbers = Schema.object().integer("a", "First").integer("b", "Second").require("a", "b");
    var sum = Schema.object().integer("result", "The sum").require("result");
    var nothing = Schema.object();
    return List.of(
        Tool.named("add", "Adds two integers.", numbers, this::add).readOnly().returns(sum),
        Tool.named("refuse", "Says no.", nothing, call -> no()),
        Tool.named("throw", "Breaks.", nothing, SampleTools::bug),
        Tool.named("hang", "Never answers.", nothing, this::hang).within(Duration.ofSeconds(20)),
        Tool.named("late", "Answers too late.", nothing, this::hang).within(Duration.ofMillis(50)),
        Tool.named(
            "large",
            "Answers much.",
            Schema.object().integer("bytes", "How much"),
            SampleTools::large),
        Tool.named(
                "promised",
                "Answers much, as promised.",
                Schema.object().integer("bytes", "How much"),
                SampleTools::promised)
            .returns(Schema.object().text("text", "It").require("text")),
        Tool.named(
            "meta",
            "Shows the params it got.",
            nothing.property("any", new JsonObject()),
            SampleTools::params));
  }

  private Future<ToolResult> add(ToolCall call) {
    var sum = new JsonObject().put("result", call.integer("a") + call.integer("b"));
    return Future.succeededFuture(ToolResult.of(sum));
  }

  private static Future<ToolResult> no() {
    return Future.succeededFuture(
        ToolResult.failure(ErrorCode.NOT_FOUND, "There is no such thing"));
  }

  private static Future<ToolResult> bug(ToolCall call) {
    throw new IllegalStateException("jdbc:secret");
  }

  private Future<ToolResult> hang(ToolCall call) {
    begun.countDown();
    call.cancelled().onSuccess(given -> givenUp.countDown());
    return Promise.<ToolResult>promise().future();
  }

  private static Future<ToolResult> large(ToolCall call) {
    return Future.succeededFuture(ToolResult.text("ü".repeat((int) call.integer("bytes") / 2)));
  }

  private static Future<ToolResult> promised(ToolCall call) {
    var text = "x".repeat((int) call.integer("bytes"));
    return Future.succeededFuture(ToolResult.of(new JsonObject().put("text", text)));
  }

  private static Future<ToolResult> params(ToolCall call) {
    var params = call.origin().params().toJsonObject();
    return Future.succeededFuture(ToolResult.of(params).meta("example.com/hello", "world"));
  }
}
