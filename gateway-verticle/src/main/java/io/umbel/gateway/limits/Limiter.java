package io.umbel.gateway.limits;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Remembers what has been done, and says whether more may be. */
interface Limiter {

  /**
   * Does it once more under that key, if it may be done.
   *
   * @return how long to wait before it may be done, in microseconds; 0 where it has been. Fails
   *     where that cannot be known.
   */
  Future<Long> take(String key, Rate rate);

  /** What it depends on, by name: {@code {ok, latency_ms, error?}}; never fails. */
  default Future<JsonObject> probe() {
    return Future.succeededFuture(new JsonObject());
  }

  /** Lets go of what it holds. */
  default void close() {}
}
