package io.umbel.tools.demo;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Tools to try a gateway with: they calculate and repeat, and need nothing. */
public final class DemoTools extends ToolVerticle {

  /** 2^53 - 1: up to here every JSON reader keeps an integer as it is (RFC 8259, section 6). */
  static final long LARGEST = 9_007_199_254_740_991L;

  @Override
  protected List<Tool> tools() {
    var number = Schema.object().integer("result", "The result").require("result");
    var text = Schema.object().text("result", "The result").require("result");
    return List.of(
        tool("add", "Adds two integers.", twoIntegers(), this::add)
            .titled("Add")
            .returns(number),
        tool("multiply", "Multiplies two integers.", twoIntegers(), this::multiply)
            .titled("Multiply")
            .returns(number),
        tool("echo", "Repeats a message.", message(), this::echo).titled("Echo").returns(text));
  }

  private static Tool tool(
      String name,
      String description,
      Schema input,
      Function<ToolCall, Future<ToolResult>> function) {
    return Tool.named(name, description, input, function)
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("demo");
  }

  private static Schema twoIntegers() {
    return Schema.object()
        .integer("a", "The first integer")
        .between(-LARGEST, LARGEST)
        .integer("b", "The second integer")
        .between(-LARGEST, LARGEST)
        .require("a", "b");
  }

  private static Schema message() {
    return Schema.object().text("message", "What to repeat").require("message");
  }

  private Future<ToolResult> add(ToolCall call) {
    return result(call.integer("a") + call.integer("b"));
  }

  private Future<ToolResult> multiply(ToolCall call) {
    try {
      return result(Math.multiplyExact(call.integer("a"), call.integer("b")));
    } catch (ArithmeticException tooLarge) {
      var text = "The product does not fit in 64 bits; take smaller factors";
      return Future.succeededFuture(ToolResult.failure(ErrorCode.INVALID_ARGUMENT, text));
    }
  }

  private Future<ToolResult> echo(ToolCall call) {
    return result("Echo: " + call.text("message"));
  }

  private static Future<ToolResult> result(Object value) {
    return Future.succeededFuture(ToolResult.of(new JsonObject().put("result", value)));
  }
}
