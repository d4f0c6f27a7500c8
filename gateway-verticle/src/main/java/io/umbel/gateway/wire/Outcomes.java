package io.umbel.gateway.wire;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;

/** What both eras do alike with an outcome. */
public final class Outcomes {

  private Outcomes() {}

  /** The result of it; a protocol error becomes the exception that carries it. */
  public static Future<Outcome.Result> result(Outcome outcome, McpRequest request) {
    return outcome.fold(
        Future::succeededFuture,
        error -> Future.failedFuture(
            McpException.fromProvider(error.code(), error.message(), error.data())),
        input -> Future.succeededFuture(cannotAsk(request)));
  }

  /** Whatever went wrong, as an exception that can be answered with. */
  public static McpException asMcp(Throwable failure, McpRequest request) {
    return failure instanceof McpException known
        ? known
        : McpException.internal(request.exchange().correlationId());
  }

  private static Outcome.Result cannotAsk(McpRequest request) {
    var text = "This tool asks the user a question, which this gateway does not carry yet";
    return ToolResult.failure(ErrorCode.NOT_SUPPORTED, text)
        .toOutcome(request.exchange().correlationId());
  }
}
