package io.umbel.registry.owner;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;

/** The other instances of the registry, all at once. */
public final class Peers {

  private static final Duration SOON = Duration.ofMillis(350);

  private final Vertx vertx;
  private final Ownership ownership;

  public Peers(Vertx vertx, Ownership ownership) {
    this.vertx = vertx;
    this.ownership = ownership;
  }

  /**
   * Whether each of them can be heard at this moment; true where there is none. One of which the
   * bus knows that it is gone is none.
   */
  public Future<Boolean> areHeard() {
    var options =
        new DeliveryOptions().setSendTimeout(SOON.toMillis()).addHeader(Header.OP, Op.PING.word());
    var asked = ownership.others().stream()
        .map(Instance::address)
        .map(address ->
            vertx.eventBus().request(address, Buffer.buffer(), options).recover(Peers::gone))
        .toList();
    return Future.all(asked).map(true).otherwise(false);
  }

  private static <T> Future<T> gone(Throwable failure) {
    return failure instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.NO_HANDLERS
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }
}
