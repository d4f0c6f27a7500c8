package io.umbel.gateway.call;

import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.trace.Traces;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * What every message comes by, whatever its era and transport, each of a batch for itself: it is
 * followed where that is wanted, and counted, before anything else is done with it.
 */
public record Reception(RateLimits rates, Traces traces) {

  /** The same where what is no request cannot be refused: it is dropped. */
  public Future<Reply> receiveUnasked(
      Envelope message, Exchange exchange, Supplier<Future<Reply>> answer) {
    return message.kind() == Envelope.Kind.REQUEST
        ? receive(message, exchange, answer)
        : rates
            .take(message, exchange)
            .compose(free -> answer.get(), why -> Future.succeededFuture(Reply.accepted()));
  }

  /** The answer of that era, or a refusal. */
  public Future<Reply> receive(
      Envelope message, Exchange exchange, Supplier<Future<Reply>> answer) {
    return traces.follow(
        message,
        exchange,
        () -> rates
            .take(message, exchange)
            .compose(free -> answer.get(), why -> Future.succeededFuture(refusal(message, why))));
  }

  private static Reply refusal(Envelope message, Throwable why) {
    return Reply.error(message.id(), (McpException) why);
  }
}
