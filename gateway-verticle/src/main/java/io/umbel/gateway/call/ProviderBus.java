package io.umbel.gateway.call;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Roster;
import io.umbel.contract.ToolResult;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Replica;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries calls to providers and turns whatever the bus does into an outcome. The instance with the
 * fewest calls waiting is asked; a call whose instance is lost ends at once, not at its time-out,
 * and is made once more elsewhere where that is safe: it was never delivered, or it is repeatable.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class ProviderBus {

  private final Vertx vertx;
  private final Catalog catalog;
  private final Roster roster;
  private final CallerSeal seal;

  /** The instances that owe an answer, also those that have said goodbye since they were asked. */
  private final Set<Replica> busy = new HashSet<>();

  public ProviderBus(Vertx vertx, Catalog catalog, Roster roster) {
    this.vertx = vertx;
    this.catalog = catalog;
    this.roster = roster;
    var node = Node.of(vertx);
    this.seal = new CallerSeal(node.secret(), node.clock());
  }

  /** Begins to hear of members that leave the cluster. */
  public void open() {
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> loseNode(left.body()));
  }

  /**
   * Asks a provider. Whatever happens to it, an outcome comes.
   *
   * @return fails with {@link McpException#cancelled} if the client gives the call up
   */
  Future<Outcome> ask(Offer offer, Call call, Future<Void> cancelled) {
    var started = System.nanoTime();
    var first = offer.leastBusy(any -> true);
    if (first.isEmpty()) {
      return Future.succeededFuture(gone(call));
    }
    return attempt(first.get(), call, headers(offer, call), cancelled)
        .recover(failure -> failure instanceof Lost lost
            ? again(lost, catalog.now(offer), call.within(left(call, started)), cancelled)
            : Future.failedFuture(failure))
        .recover(failure -> ended(failure, call));
  }

  /**
   * Brings a provider the answers that a parked call waits for.
   *
   * @param parked the id of the instance that waits, {@code #}, and its token
   */
  Future<Outcome> resume(Offer offer, Call call, String parked, Future<Void> cancelled) {
    var at = parked.indexOf('#');
    var instance = parked.substring(0, at);
    var waiting = offer.leastBusy(replica -> replica.instance().id().equals(instance));
    if (waiting.isEmpty()) {
      return Future.failedFuture(McpException.badState("leads to a node that is gone: call again"));
    }
    var headers = headers(offer, call).addHeader(Header.PARKED, parked.substring(at + 1));
    headers.getHeaders().set(Header.OP, Op.RESUME.word());
    return attempt(waiting.get(), call, headers, cancelled)
        .recover(failure -> ended(failure, call));
  }

  /** Once more elsewhere, in what time is left; the catalog may look otherwise by now. */
  private Future<Outcome> again(Lost lost, Offer offer, Call call, Future<Void> cancelled) {
    var safe = lost.undelivered || offer.terms().repeatable();
    var other = offer.leastBusy(replica -> !lost.includes(replica));
    if (!safe || other.isEmpty() || call.timeoutMillis() <= 0) {
      return Future.failedFuture(lost);
    }
    return attempt(other.get(), call, headers(offer, call), cancelled);
  }

  private Future<Outcome> attempt(
      Replica replica, Call call, DeliveryOptions headers, Future<Void> cancelled) {
    var promise = Promise.<Outcome>promise();
    Runnable onLost = () -> promise.tryFail(new Lost(replica, false));
    replica.waits(onLost);
    busy.add(replica);
    vertx
        .eventBus()
        .<Buffer>request(replica.instance().address(), call.params(), headers)
        .map(reply -> withInstance(Outcome.of(reply), replica))
        .onSuccess(promise::tryComplete)
        .onFailure(failure -> fail(promise, failure, replica, call));
    cancelled.onSuccess(given -> cancel(promise, replica, call));
    return promise.future().onComplete(done -> settle(replica, onLost));
  }

  /** A parked call waits at the instance that parked it. */
  private static Outcome withInstance(Outcome outcome, Replica replica) {
    return outcome instanceof Outcome.InputRequired asked && asked.parked() != null
        ? new Outcome.InputRequired(asked.json(), replica.instance().id() + "#" + asked.parked())
        : outcome;
  }

  private DeliveryOptions headers(Offer offer, Call call) {
    return call.toHeaders(seal.seal(call.caller(), offer.provider()));
  }

  private void settle(Replica replica, Runnable onLost) {
    replica.done(onLost);
    if (replica.inFlight() == 0) {
      busy.remove(replica);
    }
  }

  private void fail(Promise<Outcome> promise, Throwable failure, Replica replica, Call call) {
    if (kind(failure) == ReplyFailure.NO_HANDLERS) {
      roster.unreachable(replica.instance().id());
      promise.tryFail(new Lost(replica, true));
    } else if (promise.tryFail(failure)) {
      tellGivenUp(replica, call);
    }
  }

  private void cancel(Promise<Outcome> promise, Replica replica, Call call) {
    if (promise.tryFail(McpException.cancelled())) {
      tellGivenUp(replica, call);
    }
  }

  /** The provider need not go on: nobody waits for its answer. */
  private void tellGivenUp(Replica replica, Call call) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.CANCEL.word())
        .addHeader(Header.CALL, call.trail().id());
    vertx.eventBus().send(replica.instance().address(), Buffer.buffer(), options);
  }

  private void loseNode(String node) {
    List.copyOf(busy).stream()
        .filter(replica -> replica.instance().node().equals(node))
        .forEach(Replica::lose);
  }

  private static Future<Outcome> ended(Throwable failure, Call call) {
    if (failure instanceof Lost lost) {
      return Future.succeededFuture(lost.undelivered ? gone(call) : lostAnswer(call));
    }
    return kind(failure) == ReplyFailure.TIMEOUT
        ? Future.succeededFuture(late(call))
        : Future.failedFuture(failure);
  }

  private static ReplyFailure kind(Throwable failure) {
    return failure instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
  }

  private static long left(Call call, long started) {
    return call.timeoutMillis() - (System.nanoTime() - started) / 1_000_000;
  }

  private static Outcome late(Call call) {
    var text = "%s did not answer within %d ms";
    return failure(
        ErrorCode.UPSTREAM_TIMEOUT,
        text.formatted(call.target().name(), call.timeoutMillis()),
        call);
  }

  private static Outcome gone(Call call) {
    var text = "No node runs %s at the moment; try again shortly";
    return failure(ErrorCode.UPSTREAM_ERROR, text.formatted(call.target().name()), call);
  }

  private static Outcome lostAnswer(Call call) {
    var text = "The node that ran %s is gone; whether the call took effect is not known";
    return failure(ErrorCode.UPSTREAM_ERROR, text.formatted(call.target().name()), call);
  }

  private static Outcome failure(ErrorCode code, String text, Call call) {
    return ToolResult.failure(code, text).toOutcome(call.trail().correlationId());
  }

  /** The instance that was asked will not answer. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Replica replica;
    private final boolean undelivered;

    Lost(Replica replica, boolean undelivered) {
      super("instance lost", null, false, false);
      this.replica = replica;
      this.undelivered = undelivered;
    }

    /** Whether that one is lost with it: all on a member that left are. */
    boolean includes(Replica other) {
      var sameNode = other.instance().node().equals(replica.instance().node());
      return other == replica || (!undelivered && sameNode);
    }
  }
}
