package io.umbel.tools.issues.tool;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Makes answers of what tools find, and of what they refuse. Whatever else fails is a bug. */
final class Answering {

  /** What PostgreSQL calls a value that it cannot keep. */
  private static final String UNSTORABLE = "22.*|23514";

  /** Connections, a stand-by, a lost race, resources, locks, shut-down or too long a statement. */
  private static final String AWAY = "(08|25|40|53|55|57).*";

  private Answering() {}

  /** The function of a tool whose answer is that object. */
  static Function<ToolCall, Future<ToolResult>> with(
      Function<ToolCall, Future<JsonObject>> function) {
    return call -> Future.succeededFuture(call)
        .compose(function)
        .map(ToolResult::of)
        .recover(Answering::refusal);
  }

  private static Future<ToolResult> refusal(Throwable why) {
    if (why instanceof Refused refused) {
      var result = ToolResult.failure(refused.code(), refused.getMessage());
      return Future.succeededFuture(
          refused.details() == null ? result : result.details(refused.details()));
    }
    if (why instanceof PgException database && isLike(database, UNSTORABLE)) {
      return failure(
          ErrorCode.INVALID_ARGUMENT,
          "A value in this call cannot be stored: leave out control characters");
    }
    if (isAway(why)) {
      return failure(
          ErrorCode.UPSTREAM_ERROR,
          "The database does not answer: try again shortly, a write with the same idempotency_key");
    }
    return Future.failedFuture(why);
  }

  private static Future<ToolResult> failure(ErrorCode code, String message) {
    return Future.succeededFuture(ToolResult.failure(code, message));
  }

  private static boolean isAway(Throwable why) {
    return why instanceof IOException
        || why instanceof TimeoutException
        || (why instanceof PgException database
            ? isLike(database, AWAY)
            : why instanceof VertxException);
  }

  private static boolean isLike(PgException why, String states) {
    return String.valueOf(why.getSqlState()).matches(states);
  }
}
