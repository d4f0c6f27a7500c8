package io.umbel.gateway.call;

import io.umbel.contract.Call;
import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts a request to the provider of what it names: for the first time, or with the answers to what
 * the provider asked.
 */
public final class AskProvider {

  private final ProviderBus providers;
  private final Continuations continuations;
  private final OpenCalls open;
  private final String gateway;
  private final long timeoutMillis;
  private long calls;

  /**
   * The way to providers.
   *
   * @param gateway the address of this gateway instance, where they send what belongs to a call
   * @param timeoutMillis the longest wait, whatever a tool allows itself
   */
  public AskProvider(
      ProviderBus providers,
      Continuations continuations,
      OpenCalls open,
      String gateway,
      long timeoutMillis) {
    this.providers = providers;
    this.continuations = continuations;
    this.open = open;
    this.gateway = gateway;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * The outcome.
   *
   * @param name the provider's own name of what is called
   */
  Future<Outcome> ask(Offer offer, String name, McpRequest request) {
    var call = call(offer, name, request);
    var id = call.trail().id();
    open.open(id, request);
    return put(offer, call, request)
        .map(outcome -> sealed(outcome, request))
        .onComplete(done -> open.close(id));
  }

  private Future<Outcome> put(Offer offer, Call call, McpRequest request) {
    var cancelled = request.exchange().cancellation().whenCancelled();
    if (request.facts().continued().state() == null) {
      return providers.ask(offer, call, cancelled);
    }
    try {
      var back = continuations.open(request);
      if (back.parked() != null) {
        return providers.resume(offer, call, back.parked(), cancelled);
      }
      return providers.ask(offer, call.with(brought(call.params(), back.state())), cancelled);
    } catch (McpException e) {
      return Future.failedFuture(e);
    }
  }

  /** The provider gets its own state back, or none where it gave none. */
  private static Buffer brought(Buffer params, String state) {
    var json = params.toJsonObject();
    json.remove("requestState");
    return (state == null ? json : json.put("requestState", state)).toBuffer();
  }

  private Outcome sealed(Outcome outcome, McpRequest request) {
    return outcome instanceof Outcome.InputRequired asked
        ? continuations.sealed(asked, request)
        : outcome;
  }

  private Call call(Offer offer, String name, McpRequest request) {
    return new Call(
        new Call.Target(request.method().text(), name),
        request.caller(),
        new Call.Trail(nextId(), request.exchange().correlationId(), gateway),
        Math.min(offer.terms().timeoutMillis(), timeoutMillis),
        request.params());
  }

  /** Nobody but the provider can guess it, so nobody else can speak for the call. */
  private String nextId() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-" + ++calls;
  }
}
