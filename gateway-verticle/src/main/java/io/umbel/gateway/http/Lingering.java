package io.umbel.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongSupplier;

/**
 * Waits for a client that has its answer and still sends its body: whoever closes a connection on a
 * client that writes takes the answer with it. Who stops for two seconds is cut off, and who goes
 * on for ten is, too.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112, section 9.6</a>
 */
final class Lingering {

  private static final long TICK_MILLIS = 2_000;
  private static final int MOST_TICKS = 5;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final LongSupplier received;
  private long before;
  private int ticks;

  Lingering(Vertx vertx, HttpServerRequest request, LongSupplier received) {
    this.vertx = vertx;
    this.request = request;
    this.received = received;
  }

  /** Begins to wait. */
  void start() {
    before = received.getAsLong();
    vertx.setTimer(TICK_MILLIS, passed -> tick());
  }

  private void tick() {
    var goesOn = !request.isEnded() && received.getAsLong() > before;
    if (goesOn && ++ticks < MOST_TICKS) {
      start();
    } else {
      request.connection().close();
    }
  }
}
