package io.umbel.gateway.audit;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.umbel.gateway.audit.Entry.Ending;
import io.umbel.gateway.audit.Entry.Status;
import io.umbel.gateway.audit.Entry.What;
import io.umbel.gateway.audit.Entry.Who;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Puts each tool call on record: of a tool that only reads, after the answer; of any other, before.
 * While the record cannot be kept, only tools that only read are called.
 */
public final class RecordedCalls {

  static final String NOT_NOW = "The audit trail cannot be written at the moment, so tools that may"
      + " change something are not called. Nothing was done: try again in a while; if it stays like"
      + " this, the operator of this gateway has to look after its database";

  static final String NOT_YET = "The call was carried out, but is not on record yet, since the"
      + " audit trail could not be written. Do not repeat it: look whether it took effect; its row"
      + " is kept and will be written as soon as that is possible";

  private static final Set<ErrorCode> REFUSALS = EnumSet.of(
      ErrorCode.UNAUTHENTICATED,
      ErrorCode.ACCESS_DENIED,
      ErrorCode.RATE_LIMITED,
      ErrorCode.APPROVAL_REQUIRED,
      ErrorCode.APPROVAL_DECLINED,
      ErrorCode.BUDGET_EXCEEDED);

  private static final int LONGEST_NAME = 128;

  private final Audit audit;
  private final Clock clock;

  public RecordedCalls(Audit audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Has that tool called, and says what became of it once it is on record. */
  public Future<Outcome> through(Offer offer, McpRequest request, Supplier<Future<Outcome>> call) {
    if (!audit.isKept()) {
      return call.get();
    }
    var noted =
        new Noted(listed(offer.name(), request), offer.provider(), request, System.nanoTime());
    if (offer.isReadOnly()) {
      return call.get().onComplete(done -> note(noted, done));
    }
    if (!audit.admitsWrites()) {
      audit.note(entry(noted, Status.REFUSED, ErrorCode.UPSTREAM_ERROR.name()));
      return Future.succeededFuture(failure(ErrorCode.UPSTREAM_ERROR, NOT_NOW, request));
    }
    return call.get().transform(done -> settled(noted, done));
  }

  /**
   * A call that came to nothing.
   *
   * @param offer what it was for, or null where there is no such thing for this caller
   * @param errorCode why
   */
  public void refused(Offer offer, McpRequest request, String errorCode) {
    if (audit.isKept()) {
      var server = offer == null ? null : offer.provider();
      var noted =
          new Noted(listed(request.facts().name(), request), server, request, System.nanoTime());
      audit.note(entry(noted, Status.REFUSED, errorCode));
    }
  }

  private Future<Outcome> settled(Noted noted, AsyncResult<Outcome> done) {
    if (!isEnd(done) || !audit.awaitsWrites()) {
      note(noted, done);
      return same(done);
    }
    return audit
        .record(entry(noted, done))
        .transform(recorded -> recorded.succeeded()
            ? same(done)
            : Future.succeededFuture(failure(ErrorCode.INTERNAL, NOT_YET, noted.request())));
  }

  private static Future<Outcome> same(AsyncResult<Outcome> done) {
    return done.succeeded()
        ? Future.succeededFuture(done.result())
        : Future.failedFuture(done.cause());
  }

  private void note(Noted noted, AsyncResult<Outcome> done) {
    if (isEnd(done)) {
      audit.note(entry(noted, done));
    }
  }

  /** A call that asked its client something first goes on, and is on record when it ends. */
  private static boolean isEnd(AsyncResult<Outcome> done) {
    return !(done.result() instanceof Outcome.InputRequired);
  }

  /** What was called, and when. */
  private record Noted(String tool, String server, McpRequest request, long started) {
    double millis() {
      return Math.round((System.nanoTime() - started) / 1e3) / 1e3;
    }
  }

  private Entry entry(Noted noted, AsyncResult<Outcome> done) {
    if (done.failed()) {
      return entry(noted, Status.FAILED, code(done.cause()));
    }
    return done.result()
        .fold(
            result -> entry(noted, status(result.failure()), name(result.failure())),
            error -> entry(noted, Status.FAILED, Integer.toString(error.code())),
            asked -> entry(noted, Status.SUCCEEDED, null));
  }

  private Entry entry(Noted noted, Status status, String errorCode) {
    var request = noted.request();
    var who = new Who(request.caller(), request.exchange().origin().address());
    var what = new What(
        Entry.TOOL_CALL,
        shortened(noted.tool()),
        noted.server(),
        Arguments.of(request.facts().arguments()),
        null);
    var ending = new Ending(status, noted.millis(), errorCode, null);
    var id = request.exchange().correlationId();
    return new Entry(UUID.randomUUID(), clock.instant(), who, what, ending, id);
  }

  private static Status status(ErrorCode failure) {
    if (failure == null) {
      return Status.SUCCEEDED;
    }
    return REFUSALS.contains(failure) ? Status.REFUSED : Status.FAILED;
  }

  private static String name(ErrorCode failure) {
    return failure == null ? null : failure.name();
  }

  private static String code(Throwable failure) {
    return failure instanceof McpException known
        ? Integer.toString(known.code())
        : ErrorCode.INTERNAL.name();
  }

  /** By whichever way it is called, the row names it as lists of everything do. */
  private static String listed(String name, McpRequest request) {
    return name == null ? null : request.caller().reach().listed(name);
  }

  /** A client may call anything by any name. */
  private static String shortened(String name) {
    return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static Outcome failure(ErrorCode code, String message, McpRequest request) {
    return ToolResult.failure(code, message).toOutcome(request.exchange().correlationId());
  }
}
