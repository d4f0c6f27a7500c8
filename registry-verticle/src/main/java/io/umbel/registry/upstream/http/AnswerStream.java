package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The stream that a session's request is answered on. Where it ends early, it is gone on with after
 * its last event, as long as it gets anywhere.
 */
final class AnswerStream {

  private static final int FRUITLESS = 5;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final Vertx vertx;
  private final Courier courier;
  private final Function<String, Sending> after;
  private final Peer peer;
  private final long request;
  private String lastEvent;
  private long pause = PAUSE_MILLIS;
  private int fruitless;

  AnswerStream(
      Vertx vertx, Courier courier, Function<String, Sending> after, Peer peer, long request) {
    this.vertx = vertx;
    this.courier = courier;
    this.after = after;
    this.peer = peer;
    this.request = request;
  }

  /**
   * Reads until the answer is there; fails where it will not come.
   *
   * @param next gets the exchange that goes on, to give it up by
   */
  Future<Void> read(HttpClientResponse answer, Exchange exchange, Consumer<Exchange> next) {
    return exchange
        .events(
            answer,
            event -> event(event, exchange),
            millis -> pause = Math.min(millis, LONGEST_PAUSE_MILLIS))
        .recover(why -> isOver(why) ? Future.failedFuture(why) : Future.succeededFuture())
        .compose(end -> {
          if (!peer.isOpen(request)) {
            return Future.succeededFuture();
          }
          return lastEvent == null ? Future.failedFuture(SessionLine.ended()) : goOn(next);
        });
  }

  private boolean isOver(Throwable why) {
    return lastEvent == null
        || (why instanceof UpstreamFailure failure && failure.reason() != Reason.UNREACHABLE);
  }

  private void event(Event event, Exchange exchange) {
    if (event.id() != null) {
      lastEvent = event.id();
      fruitless = 0;
    }
    if (event.isMessage() && peer.isOpen(request)) {
      peer.receive(event.data(), request);
      if (!peer.isOpen(request)) {
        exchange.linger();
      }
    }
  }

  private Future<Void> goOn(Consumer<Exchange> next) {
    if (fruitless++ == FRUITLESS) {
      return Future.failedFuture(SessionLine.ended());
    }
    return vertx
        .timer(Math.max(1, pause), java.util.concurrent.TimeUnit.MILLISECONDS)
        .compose(rung -> {
          if (!peer.isOpen(request)) {
            return Future.succeededFuture();
          }
          var exchange = courier.exchange();
          next.accept(exchange);
          return courier
              .send(after.apply(lastEvent), exchange)
              .compose(answer -> Replies.isStream(answer)
                  ? read(answer, exchange, next)
                  : refused(answer, exchange));
        });
  }

  private static Future<Void> refused(HttpClientResponse answer, Exchange exchange) {
    exchange.discard(answer);
    return Future.failedFuture(SessionLine.ended());
  }
}
