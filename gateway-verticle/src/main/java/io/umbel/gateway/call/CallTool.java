package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;

/** {@code tools/call}: admit, ask, fit, count. */
public final class CallTool {

  private static final String UNKNOWN = "unknown";

  private final Catalog catalog;
  private final AskProvider providers;
  private final GatewayMetrics metrics;
  private final int resultBytes;

  /**
   * The way tools are called.
   *
   * @param resultBytes the largest result passed on whole
   */
  public CallTool(Catalog catalog, AskProvider providers, GatewayMetrics metrics, int resultBytes) {
    this.catalog = catalog;
    this.providers = providers;
    this.metrics = metrics;
    this.resultBytes = resultBytes;
  }

  /** Calls a tool; fails with {@link McpException} where there is none to call. */
  public Future<Outcome> run(McpRequest request) {
    var started = System.nanoTime();
    var name = request.facts().name();
    var offer = catalog.find(Kind.TOOL, name, request.caller());
    if (offer.isEmpty() || !request.facts().argumentsFit()) {
      metrics.toolCall(UNKNOWN, "refused", System.nanoTime() - started);
      return Future.failedFuture(refusal(request));
    }
    return providers
        .ask(offer.get(), name, request)
        .map(outcome -> Fitting.fit(outcome, offer.get(), resultBytes))
        .onSuccess(outcome -> count(offer.get(), status(outcome), started))
        .onFailure(failure -> count(offer.get(), "failed", started));
  }

  private static McpException refusal(McpRequest request) {
    var name = request.facts().name();
    if (name == null) {
      return McpException.invalidParams("\"name\" must be the name of a tool");
    }
    return request.facts().argumentsFit()
        ? McpException.unknownTool(name)
        : McpException.invalidParams("\"arguments\" must be an object");
  }

  private static String status(Outcome outcome) {
    return outcome.fold(
        result -> result.failure() == null ? "succeeded" : "failed",
        error -> "failed",
        asked -> "asked");
  }

  private void count(Offer offer, String status, long started) {
    metrics.toolCall(offer.name(), status, System.nanoTime() - started);
  }
}
