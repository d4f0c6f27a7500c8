package io.umbel.registry.owner;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.registry.owner.OwnerAway.Way;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks other instances; whoever waits for one whose node is gone hears of it at once. */
final class OwnerBus {

  private final Vertx vertx;
  private final Ownership ownership;
  private final Set<Waiting> waiting = new HashSet<>();

  private record Waiting(Instance owner, Promise<Message<Buffer>> reply) {}

  OwnerBus(Vertx vertx, Ownership ownership) {
    this.vertx = vertx;
    this.ownership = ownership;
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> loseNode(left.body()));
  }

  /**
   * Asks.
   *
   * @return fails with {@link OwnerAway}
   */
  Future<Message<Buffer>> request(Instance owner, Buffer body, DeliveryOptions options) {
    var asked = new Waiting(owner, Promise.promise());
    waiting.add(asked);
    vertx
        .eventBus()
        .<Buffer>request(owner.address(), body, options)
        .onSuccess(asked.reply()::tryComplete)
        .onFailure(failure -> asked.reply().tryFail(away(owner, failure, options)));
    return asked.reply().future().onComplete(done -> waiting.remove(asked));
  }

  /**
   * Nobody waits any longer.
   *
   * @param parked the token of the call, where it waits for answers, or null
   */
  void cancel(Instance owner, String call, String parked) {
    var options =
        new DeliveryOptions().addHeader(Header.OP, Op.CANCEL.word()).addHeader(Header.CALL, call);
    if (parked != null) {
      options.addHeader(Header.PARKED, parked);
    }
    vertx.eventBus().send(owner.address(), Buffer.buffer(), options);
  }

  private OwnerAway away(Instance owner, Throwable failure, DeliveryOptions options) {
    if (!(failure instanceof ReplyException reply)) {
      return new OwnerAway(Way.LOST, "The node that runs it gave no answer that can be read");
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS -> {
        ownership.unreachable(owner);
        yield undelivered();
      }
      case TIMEOUT ->
        new OwnerAway(
            Way.LATE,
            "The node that runs it did not answer within " + options.getSendTimeout() + " ms");
      default -> new OwnerAway(Way.LOST, "The node that runs it failed");
    };
  }

  static OwnerAway undelivered() {
    return new OwnerAway(Way.UNDELIVERED, "No node runs it at the moment; try again shortly");
  }

  private void loseNode(String node) {
    List.copyOf(waiting).stream()
        .filter(one -> one.owner().node().equals(node))
        .forEach(one -> one.reply().tryFail(lost()));
  }

  static OwnerAway lost() {
    return new OwnerAway(
        Way.LOST, "The node that ran it is gone; whether the call took effect is not known");
  }
}
