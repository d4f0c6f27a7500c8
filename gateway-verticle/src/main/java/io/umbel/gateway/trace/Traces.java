package io.umbel.gateway.trace;

import io.umbel.contract.Caller;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Follows each request as a span of the trace that its client says it is part of, in {@code _meta}
 * or else in HTTP's headers. What answers it, on the bus and beyond, becomes part of the same
 * trace, since Vert.x carries that along. Where the process was given no tracer nothing is done at
 * all.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/">Semantic conventions</a>
 */
public final class Traces {

  private final VertxInternal vertx;
  private final BiFunction<Caller, String, Future<Boolean>> shows;

  /**
   * The traces of a gateway.
   *
   * @param shows whether a caller is shown a tool of that name; what clients make up is in no span
   */
  public Traces(Vertx vertx, BiFunction<Caller, String, Future<Boolean>> shows) {
    this.vertx = (VertxInternal) vertx;
    this.shows = shows;
  }

  /** The reply, as a span if spans are wanted. */
  public Future<Reply> follow(Envelope message, Exchange exchange, Supplier<Future<Reply>> answer) {
    return vertx.tracer() == null || message.kind() != Envelope.Kind.REQUEST
        ? answer.get()
        : shown(message, exchange.caller())
            .compose(tool -> followed(Asked.of(message, exchange, tool), vertx.tracer(), answer));
  }

  /** The tool that it is about, if the caller is shown one of that name, or null. */
  private Future<String> shown(Envelope message, Caller caller) {
    var name = message.params().facts().name();
    return name == null || !McpMethod.TOOLS_CALL.text().equals(message.method())
        ? Future.succeededFuture()
        : shows.apply(caller, name).map(is -> is ? caller.reach().listed(name) : null);
  }

  /** Each has a context of its own, since several can come by one connection or in one batch. */
  private <I, O> Future<Reply> followed(
      Asked asked, VertxTracer<I, O> tracer, Supplier<Future<Reply>> answer) {
    var context = vertx.getOrCreateContext().duplicate();
    var answered = Promise.<Reply>promise();
    context.dispatch(go -> {
      var span = tracer.receiveRequest(
          context,
          SpanKind.RPC,
          TracingPolicy.ALWAYS,
          asked.tags(),
          asked.span(),
          asked.parent(),
          Pairs.READER);
      Future.succeededFuture().compose(begun -> answer.get()).onComplete(done -> {
        tracer.sendResponse(context, Asked.endTags(done), span, null, Pairs.READER);
        answered.handle(done);
      });
    });
    return answered.future();
  }
}
