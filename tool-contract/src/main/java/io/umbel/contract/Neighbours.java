package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The other providers that one asks: which instances of them are here, and what they answer. The
 * one that owes the fewest answers is asked; where nobody is at its address, another one. Where its
 * member leaves the cluster another one is asked too, once: what is asked for here changes nothing.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
final class Neighbours implements Roster.Watcher {

  private final Vertx vertx;
  private final List<String> providers;
  private final Consumer<String> onTurn;
  private final Roster roster;
  private final Map<String, Neighbour> here = new HashMap<>();

  /** Those that owe an answer, also where they have said goodbye since. */
  private final Set<Neighbour> owing = new HashSet<>();

  /**
   * These providers.
   *
   * @param onTurn hears which of them came first or left last
   */
  Neighbours(Vertx vertx, List<String> providers, Consumer<String> onTurn) {
    this.vertx = vertx;
    this.providers = providers;
    this.onTurn = onTurn;
    this.roster = new Roster(vertx, this);
  }

  /** Begins to listen for them. */
  Future<Void> open() {
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> loseNode(left.body()));
    return roster.open();
  }

  @Override
  public void here(Announcement announcement) {
    var instance = announcement.instance();
    if (providers.contains(instance.provider())) {
      var first = best(instance.provider()) == null;
      here.putIfAbsent(instance.id(), new Neighbour(instance));
      turn(first, instance.provider());
    }
  }

  @Override
  public void gone(Announcement announcement, Roster.Leave why) {
    var instance = announcement.instance();
    var last = here.remove(instance.id()) != null && best(instance.provider()) == null;
    turn(last, instance.provider());
  }

  /**
   * What that provider answers.
   *
   * @return fails with {@link ToolFailure} where no answer comes
   */
  Future<Outcome> ask(String provider, Buffer body, DeliveryOptions headers) {
    return ask(provider, body, headers, null);
  }

  /**
   * Asks whoever is here.
   *
   * @param lost the node that was asked before and is gone, or null
   */
  private Future<Outcome> ask(String provider, Buffer body, DeliveryOptions headers, String lost) {
    var best = best(provider, lost);
    if (best == null) {
      return Future.failedFuture(
          lost == null ? ToolFailure.nobody(provider) : ToolFailure.lost(provider));
    }
    return attempt(best, body, headers).recover(failure -> {
      if (kind(failure) == ReplyFailure.NO_HANDLERS) {
        return elsewhere(best, body, headers, lost);
      }
      if (failure instanceof Lost) {
        return lost == null
            ? ask(provider, body, headers, best.instance().node())
            : Future.failedFuture(ToolFailure.lost(provider));
      }
      return Future.failedFuture(failure);
    });
  }

  /** It never arrived, so another one may have it. */
  private Future<Outcome> elsewhere(
      Neighbour absent, Buffer body, DeliveryOptions headers, String lost) {
    roster.unreachable(absent.instance().id());
    here.remove(absent.instance().id());
    return ask(absent.instance().provider(), body, headers, lost);
  }

  private Future<Outcome> attempt(Neighbour neighbour, Buffer body, DeliveryOptions headers) {
    var answer = Promise.<Outcome>promise();
    neighbour.asked(answer);
    owing.add(neighbour);
    vertx
        .eventBus()
        .<Buffer>request(neighbour.instance().address(), body, headers)
        .map(Outcome::of)
        .onSuccess(answer::tryComplete)
        .onFailure(failure -> fail(answer, failure, neighbour, headers));
    return answer.future().onComplete(done -> settle(neighbour, answer));
  }

  private void fail(
      Promise<Outcome> answer, Throwable failure, Neighbour neighbour, DeliveryOptions headers) {
    if (kind(failure) != ReplyFailure.TIMEOUT) {
      answer.tryFail(failure);
      return;
    }
    answer.tryFail(ToolFailure.late(neighbour.instance().provider(), headers.getSendTimeout()));
    giveUp(neighbour, headers.getHeaders().get(Header.CALL));
  }

  /** It need not go on: nobody waits for its answer. */
  private void giveUp(Neighbour neighbour, String call) {
    if (call != null) {
      var options =
          new DeliveryOptions().addHeader(Header.OP, Op.CANCEL.word()).addHeader(Header.CALL, call);
      vertx.eventBus().send(neighbour.instance().address(), Buffer.buffer(), options);
    }
  }

  private void settle(Neighbour neighbour, Promise<Outcome> answer) {
    neighbour.answered(answer);
    if (neighbour.owes() == 0) {
      owing.remove(neighbour);
    }
  }

  private void loseNode(String node) {
    List.copyOf(owing).stream()
        .filter(neighbour -> neighbour.instance().node().equals(node))
        .forEach(neighbour -> neighbour.lose(new Lost()));
  }

  private void turn(boolean turned, String provider) {
    if (turned) {
      onTurn.accept(provider);
    }
  }

  private Neighbour best(String provider) {
    return best(provider, null);
  }

  private Neighbour best(String provider, String lost) {
    return here.values().stream()
        .filter(neighbour -> neighbour.instance().provider().equals(provider))
        .filter(neighbour -> !neighbour.instance().node().equals(lost))
        .min(Comparator.comparingInt(Neighbour::owes))
        .orElse(null);
  }

  private static ReplyFailure kind(Throwable failure) {
    return failure instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
  }

  /** The one that was asked is gone. */
  private static final class Lost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Lost() {
      super("instance lost", null, false, false);
    }
  }
}
