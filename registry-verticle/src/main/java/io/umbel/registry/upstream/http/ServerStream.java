package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The stream of a session on which the server says what belongs to no request. Opened again when it
 * ends, after the last event; later each time it cannot be. Some servers have none.
 */
final class ServerStream {

  private static final long PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final Vertx vertx;
  private final Courier courier;
  private final Function<String, Sending> after;
  private final Peer peer;
  private final Promise<Void> begun = Promise.promise();
  private Exchange exchange;
  private String lastEvent;
  private long asked = PAUSE_MILLIS;
  private long pause = PAUSE_MILLIS;
  private boolean opened;
  private boolean ended;

  ServerStream(Vertx vertx, Courier courier, Function<String, Sending> after, Peer peer) {
    this.vertx = vertx;
    this.courier = courier;
    this.after = after;
    this.peer = peer;
  }

  void open() {
    if (ended) {
      return;
    }
    var here = courier.exchange();
    exchange = here;
    courier
        .send(after.apply(lastEvent), here)
        .onSuccess(answer -> opened(answer, here))
        .onFailure(why -> again())
        .onComplete(tried -> begun.tryComplete());
  }

  /** Completes when it is there for the first time, or when that was tried. */
  Future<Void> begun() {
    return begun.future();
  }

  void end() {
    ended = true;
    if (exchange != null) {
      exchange.abort();
    }
  }

  private void opened(HttpClientResponse answer, Exchange here) {
    if (Replies.isStream(answer)) {
      opened = true;
      pause = asked;
      here.events(answer, this::event, this::retry).onComplete(over -> again());
      return;
    }
    here.discard(answer);
    if (answer.statusCode() == 404 && opened && !ended) {
      peer.sessionGone();
    } else if (answer.statusCode() >= 500) {
      again();
    } // else there is no such stream: 405 says so, others mean it
  }

  private void event(Event event) {
    if (event.id() != null) {
      lastEvent = event.id();
    }
    if (event.isMessage() && !ended) {
      peer.receive(event.data(), null);
    }
  }

  private void retry(long millis) {
    asked = Math.min(Math.max(1, millis), LONGEST_PAUSE_MILLIS);
    pause = asked;
  }

  private void again() {
    if (!ended) {
      var jitter = ThreadLocalRandom.current().nextLong(pause / 4 + 1);
      vertx.setTimer(pause + jitter, rung -> open());
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }
}
