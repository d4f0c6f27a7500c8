package io.umbel.gateway.call;

import io.umbel.contract.Call;
import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;

/** {@code tools/call}: admit, ask, fit, count. */
public final class CallTool {

  private static final String UNKNOWN = "unknown";

  private final Catalog catalog;
  private final ProviderBus providers;
  private final GatewayMetrics metrics;
  private final Limits limits;
  private final String gateway;
  private long calls;

  /**
   * Bounds of one call.
   *
   * @param resultBytes the largest result passed on whole
   * @param timeoutMillis the longest wait, whatever a tool allows itself
   */
  public record Limits(int resultBytes, long timeoutMillis) {}

  /**
   * The way calls are made.
   *
   * @param gateway the address of this gateway instance, where providers send what belongs to a
   *     call
   */
  public CallTool(
      Catalog catalog,
      ProviderBus providers,
      GatewayMetrics metrics,
      Limits limits,
      String gateway) {
    this.catalog = catalog;
    this.providers = providers;
    this.metrics = metrics;
    this.limits = limits;
    this.gateway = gateway;
  }

  /** Calls a tool; fails with {@link McpException} where there is none to call. */
  public Future<Outcome> run(McpRequest request) {
    var started = System.nanoTime();
    var name = request.facts().name();
    var offer = catalog.find(String.valueOf(name), request.caller());
    if (offer.isEmpty() || !request.facts().argumentsFit()) {
      metrics.toolCall(UNKNOWN, "refused", System.nanoTime() - started);
      return Future.failedFuture(refusal(request));
    }
    return providers
        .ask(offer.get(), call(offer.get(), request), cancelled(request))
        .map(outcome -> Fitting.fit(outcome, offer.get(), limits.resultBytes()))
        .onSuccess(outcome -> count(offer.get(), outcome, started))
        .onFailure(failure -> count(offer.get(), null, started));
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

  private Call call(Offer offer, McpRequest request) {
    return new Call(
        new Call.Target(McpMethod.TOOLS_CALL.text(), offer.name()),
        request.caller(),
        new Call.Trail(gateway + "/" + ++calls, request.exchange().correlationId(), gateway),
        Math.min(offer.tool().timeoutMillis(), limits.timeoutMillis()),
        request.params());
  }

  private static Future<Void> cancelled(McpRequest request) {
    return request.exchange().cancellation().whenCancelled();
  }

  private void count(Offer offer, Outcome outcome, long started) {
    var succeeded = outcome instanceof Outcome.Result result && result.failure() == null;
    metrics.toolCall(offer.name(), succeeded ? "succeeded" : "failed", System.nanoTime() - started);
  }
}
