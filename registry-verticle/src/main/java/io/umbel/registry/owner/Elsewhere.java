package io.umbel.registry.owner;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Conversation;
import io.umbel.contract.CorrelationId;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What only a server's owner can do is done there: by this instance, or by asking the other one.
 *
 * <p>Belongs to one registry verticle and is used on its thread only.
 */
public final class Elsewhere {

  /** Says of a call that was passed on: not owned here, nothing was done. */
  static final int NOT_MINE = -32099;

  private final Vertx vertx;
  private final String provider;
  private final Ownership ownership;
  private final CallerSeal seal;
  private final OwnerBus bus;

  /** @param provider the word of the provider that this belongs to */
  public Elsewhere(Vertx vertx, String provider, Ownership ownership) {
    this.vertx = vertx;
    this.provider = provider;
    this.ownership = ownership;
    this.bus = new OwnerBus(vertx, ownership);
    var node = Node.of(vertx);
    this.seal = new CallerSeal(node.secret(), node.clock());
  }

  /**
   * Answers a call.
   *
   * @param repeatable whether it may be made again where an owner was lost that had begun with it
   * @param here answers it if this instance is the owner, or has become it
   */
  public Future<Outcome> answer(
      UUID server, Conversation conversation, boolean repeatable, Supplier<Future<Outcome>> here) {
    if (ownership.isMine(server)) {
      return here.get();
    }
    if (conversation.isPassedOn()) {
      return Future.succeededFuture(
          new Outcome.ProtocolError(NOT_MINE, "This instance does not run that server", null));
    }
    return new Passage(this, server, conversation, repeatable, here).go();
  }

  /**
   * Has something done by the owner. What arrives there as an operation is not passed on again.
   *
   * @param request with an {@code operation} of the owner's, for {@code Provider.manage}
   * @param here does it if this instance is the owner
   * @return fails with {@link OwnerAway} where the owner gives no answer
   */
  public Future<JsonObject> ask(
      UUID server,
      Caller caller,
      JsonObject request,
      Duration timeout,
      Supplier<Future<JsonObject>> here) {
    if (ownership.isMine(server)) {
      return here.get();
    }
    return ask(ownership.ownerOf(server), caller, request, timeout);
  }

  /**
   * Has the same done by every other instance there is.
   *
   * @return those that did not say in time that they did it; never fails
   */
  public Future<List<Instance>> askOthers(Caller caller, JsonObject request, Duration timeout) {
    var late = new ArrayList<Instance>();
    var asked = ownership.others().stream()
        .map(other ->
            ask(other, caller, request, timeout).onFailure(why -> noteUnlessGone(other, late)))
        .toList();
    return Future.join(asked).transform(done -> Future.succeededFuture(late));
  }

  private void noteUnlessGone(Instance other, List<Instance> late) {
    if (ownership.others().contains(other)) {
      late.add(other);
    }
  }

  private Future<JsonObject> ask(
      Instance instance, Caller caller, JsonObject request, Duration timeout) {
    var options = new DeliveryOptions()
        .setSendTimeout(timeout.toMillis())
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal(caller))
        .addHeader(Header.CORRELATION, CorrelationId.next())
        .addHeader(Header.TIMEOUT, Long.toString(timeout.toMillis()));
    return bus.request(instance, request.toBuffer(), options)
        .map(reply -> Outcome.of(reply)
            .fold(
                result -> result.json().toJsonObject(),
                error -> {
                  throw new OwnerAway(OwnerAway.Way.LOST, "The node that runs it failed");
                },
                input -> new JsonObject()));
  }

  /** Whether that server is this instance's to look after. */
  public boolean isHere(UUID server) {
    return ownership.isMine(server);
  }

  String seal(Caller caller) {
    return seal.seal(caller, provider);
  }

  Vertx vertx() {
    return vertx;
  }

  Ownership ownership() {
    return ownership;
  }

  OwnerBus bus() {
    return bus;
  }
}
