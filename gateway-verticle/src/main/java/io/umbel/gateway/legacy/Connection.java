package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.contract.CorrelationId;
import io.umbel.gateway.legacy.LegacyEra.SessionHeaders;
import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.wire.Cancellation;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client whose messages and answers belong to one connection: its session needs no header. Where
 * a connection is, notifications go there too.
 */
public final class Connection {

  private final LegacyEra era;
  private final RateLimits rates;
  private final Origin opener;
  private final EventSink sink;
  private final EventSink whole;
  private final Set<Cancellation> unanswered = new HashSet<>();
  private boolean closing;
  private String session;
  private Runnable stopWatching = () -> {};

  /**
   * A connection of that client.
   *
   * @param opener who opened it, from where
   */
  public Connection(LegacyEra era, RateLimits rates, Origin opener, EventSink sink) {
    this.era = era;
    this.rates = rates;
    this.opener = opener;
    this.whole = sink;
    this.sink = new Messages(sink);
  }

  Caller caller() {
    return opener.caller();
  }

  /** A message of the client; its answer goes to the sink. */
  void take(byte[] bytes) {
    try {
      var message = EnvelopeReader.read(bytes);
      var exchange = exchange();
      unanswered.add(exchange.cancellation());
      answerTo(message, exchange).onSuccess(this::answer).onComplete(done -> {
        unanswered.remove(exchange.cancellation());
        endIfDone();
      });
    } catch (EnvelopeReader.Unreadable e) {
      answer(Reply.error(e.id(), e.answer()));
    }
  }

  private Exchange exchange() {
    return Exchange.of(new Origin(opener.caller(), opener.address(), CorrelationId.next()), sink);
  }

  private Future<Reply> answerTo(Envelope message, Exchange exchange) {
    return rates
        .take(message, exchange)
        .compose(
            free -> era.answer(message, headers(), exchange),
            limited -> Future.succeededFuture(Reply.limited(message, (McpException) limited)));
  }

  /** What the transport has in place of headers. */
  public SessionHeaders headers() {
    return new SessionHeaders(session, null, null);
  }

  /** Notes the session that begins with that reply. */
  public void noteSession(Reply reply) {
    if (reply.session() != null) {
      session = reply.session();
      stopWatching.run();
      stopWatching = era.watch(session, opener.caller(), sink);
    }
  }

  /** The client is gone, and with it the only way to answer or to ask it. */
  public void close() {
    stopWatching.run();
    List.copyOf(unanswered).forEach(Cancellation::cancel);
  }

  /** This gateway stops: it ends when what was asked is answered. */
  void closing() {
    closing = true;
    endIfDone();
  }

  private void endIfDone() {
    if (closing && unanswered.isEmpty()) {
      whole.end();
    }
  }

  private void answer(Reply reply) {
    noteSession(reply);
    if (reply.message() != null) {
      sink.send(EventSink.Event.of(reply.message()));
    }
  }

  /** Only messages, without ids or ends: the connection outlives each answer. */
  private record Messages(EventSink sink) implements EventSink {
    @Override
    public String peer() {
      return sink.peer();
    }

    @Override
    public boolean isOpen() {
      return sink.isOpen();
    }

    @Override
    public boolean hasBegun() {
      return false;
    }

    @Override
    public void start() {
      // It has begun long ago.
    }

    @Override
    public void send(Event event) {
      if (event.data() != null && event.data().length() > 0) {
        sink.send(Event.of(event.data()));
      }
    }

    @Override
    public void end() {
      // An answer ends, not the connection.
    }

    @Override
    public Future<Void> closed() {
      return sink.closed();
    }
  }
}
