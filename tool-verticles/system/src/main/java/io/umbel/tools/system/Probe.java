package io.umbel.tools.system;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;

/** Asks whether anyone is there: a round trip on the bus. */
final class Probe {

  private static final long PATIENCE_MILLIS = 1_000;

  private final Vertx vertx;

  Probe(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What became of a ping to that address: {@code {ok, latency_ms, error?}}; never fails. */
  Future<JsonObject> at(String address) {
    var started = System.nanoTime();
    return vertx
        .eventBus()
        .request(address, Buffer.buffer(), asking(Op.PING))
        .map(reply -> probed(true, started))
        .otherwise(failure -> probed(false, started).put("error", words(failure)));
  }

  /**
   * What a gateway at that address depends on: {@code {ok, latency_ms, error?}} by name; none where
   * it does not say. Never fails.
   */
  Future<JsonObject> dependenciesOf(String address) {
    return vertx
        .eventBus()
        .<Buffer>request(address, Buffer.buffer(), asking(Op.DEPENDENCIES))
        .map(reply -> reply.body().toJsonObject())
        .otherwise(silent -> new JsonObject());
  }

  private static DeliveryOptions asking(Op op) {
    return new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS).addHeader(Header.OP, op.word());
  }

  /** For who has not been heard of, so that there is nobody to ask. */
  static Future<JsonObject> unheard() {
    return Future.succeededFuture(
        new JsonObject().put("ok", false).put("latency_ms", 0).put("error", "not heard of"));
  }

  private static JsonObject probed(boolean ok, long started) {
    var micros = (System.nanoTime() - started) / 1_000;
    return new JsonObject().put("ok", ok).put("latency_ms", micros / 1_000.0);
  }

  private static String words(Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return "cannot be asked";
    }
    return switch (reply.failureType()) {
      case TIMEOUT -> "no answer within " + PATIENCE_MILLIS + " ms";
      case NO_HANDLERS -> "nobody is at its address";
      default -> "answered with a failure";
    };
  }
}
