package io.umbel.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a gateway takes leave of its clients before it closes their connections. One that is closed
 * while it seems idle may have a request on its way, which nobody dares to send again; one whose
 * client has read {@code Connection: close} has none. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112, section 9.6</a>
 */
final class Farewell {

  private static final long MILLIS = 1_000;

  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean begun;

  /** Counts a connection, for as long as it is there. */
  void watch(HttpConnection connection) {
    connections.incrementAndGet();
    connection.closeHandler(closed -> connections.decrementAndGet());
  }

  /** From now on asks each client to go; completes soon, or at once where there are none. */
  Future<Void> begin(Vertx vertx) {
    begun = true;
    return connections.get() == 0
        ? Future.succeededFuture()
        : vertx.timer(MILLIS).mapEmpty();
  }

  boolean isBegun() {
    return begun;
  }

  /** Asks the client of this request, where that has begun. */
  void tell(HttpServerRequest request) {
    if (begun) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }
}
