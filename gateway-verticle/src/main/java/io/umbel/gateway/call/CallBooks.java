package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.audit.RecordedCalls;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** What is left of a tool call: its row in the audit trail, and its place in the counts. */
public final class CallBooks {

  private static final String UNKNOWN = "unknown";
  private static final String REFUSED = "refused";

  private final GatewayMetrics metrics;
  private final RecordedCalls records;

  public CallBooks(GatewayMetrics metrics, RecordedCalls records) {
    this.metrics = metrics;
    this.records = records;
  }

  /** One that came to no tool. */
  Future<Outcome> unknown(McpRequest request, long started, McpException why) {
    metrics.toolCall(UNKNOWN, REFUSED, System.nanoTime() - started);
    records.refused(null, request, Integer.toString(why.code()));
    return Future.failedFuture(why);
  }

  /** One that the token does not allow. */
  Future<Outcome> refused(Offer offer, McpRequest request, long started, McpException why) {
    count(offer, request, REFUSED, started);
    records.refused(offer, request, Integer.toString(why.code()));
    return Future.failedFuture(why);
  }

  /** One that somebody else's rules do not allow. */
  Future<Outcome> refused(Offer offer, McpRequest request, long started, Outcome.Result answer) {
    count(offer, request, REFUSED, started);
    records.refused(offer, request, answer.failure().name());
    return Future.succeededFuture(answer);
  }

  /** One that was let through. */
  Future<Outcome> through(
      Offer offer, McpRequest request, long started, Supplier<Future<Outcome>> call) {
    return records
        .through(offer, request, call)
        .onSuccess(outcome -> count(offer, request, status(outcome), started))
        .onFailure(failure -> count(offer, request, "failed", started));
  }

  private static String status(Outcome outcome) {
    return outcome.fold(
        result -> result.failure() == null ? "succeeded" : "failed",
        error -> "failed",
        asked -> "asked");
  }

  private void count(Offer offer, McpRequest request, String status, long started) {
    var name = request.caller().reach().listed(offer.name());
    metrics.toolCall(name, status, System.nanoTime() - started);
  }
}
