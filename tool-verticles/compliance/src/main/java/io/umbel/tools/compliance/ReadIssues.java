package io.umbel.tools.compliance;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BiFunction;

/** Asks for the issues of a question, each for itself: one that is not to be had fails alone. */
final class ReadIssues {

  private static final int AT_ONCE = 10;

  /** What {@code get_issue} answers to arguments, on behalf of a call's own caller. */
  interface Source extends BiFunction<ToolCall, JsonObject, Future<JsonObject>> {}

  private final Source source;

  ReadIssues(Source source) {
    this.source = source;
  }

  /** All of them, found or not, in the order of the question. */
  Future<List<AskedIssue>> of(ToolCall call, Question question) {
    var heard = new int[1];
    int total = question.issues().size();
    return InOrder.each(
        question.issues(),
        AT_ONCE,
        identifier -> read(call, question, identifier)
            .onSuccess(one -> call.progress(++heard[0], total, null)));
  }

  private Future<AskedIssue> read(ToolCall call, Question question, String identifier) {
    if (identifier.isBlank()) {
      return Future.succeededFuture(
          AskedIssue.failed(identifier, ErrorCode.INVALID_ARGUMENT, "An issue has a name"));
    }
    var arguments = question
        .scope()
        .copy()
        .put("issue", identifier)
        .put("include", new JsonArray(List.of("revision")));
    return source
        .apply(call, arguments)
        .map(issue -> AskedIssue.found(identifier, issue))
        .recover(failure -> failure instanceof ToolFailure known
            ? Future.succeededFuture(
                AskedIssue.failed(identifier, known.code(), failure.getMessage()))
            : Future.failedFuture(failure));
  }
}
