package io.umbel.gateway.call;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Roster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Asks providers for what they keep, as the REST API shows it. One instance is asked, whichever;
 * another one only where that cannot have heard the question.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class ProviderRequests {

  /** A server is tried and scanned within it. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final Vertx vertx;
  private final Roster roster;
  private final CallerSeal seal;

  public ProviderRequests(Vertx vertx, Roster roster) {
    this.vertx = vertx;
    this.roster = roster;
    var node = Node.of(vertx);
    this.seal = new CallerSeal(node.secret(), node.clock());
  }

  /** Whether any instance of that provider is here. */
  public boolean hasAny(String provider) {
    return !instances(provider).isEmpty();
  }

  /**
   * The answer.
   *
   * @param request as {@code docs/bus.md} has it under "manage"
   * @return fails with {@link Unanswered}
   */
  public Future<JsonObject> ask(
      String provider, Caller caller, String correlationId, JsonObject request) {
    var options = new DeliveryOptions()
        .setSendTimeout(PATIENCE_MILLIS)
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(caller, provider))
        .addHeader(Header.CORRELATION, correlationId)
        .addHeader(Header.TIMEOUT, Long.toString(PATIENCE_MILLIS));
    return ask(instances(provider), request.toBuffer(), options);
  }

  private List<Instance> instances(String provider) {
    var all = new ArrayList<Instance>();
    roster.present().stream()
        .map(Announcement::instance)
        .filter(instance -> instance.provider().equals(provider))
        .forEach(all::add);
    Collections.shuffle(all);
    return all;
  }

  private Future<JsonObject> ask(List<Instance> left, Buffer request, DeliveryOptions options) {
    if (left.isEmpty()) {
      return Future.failedFuture(new Unanswered(Why.NOBODY_HERE));
    }
    var instance = left.get(0);
    return vertx
        .eventBus()
        .<Buffer>request(instance.address(), request, options)
        .compose(reply -> read(Outcome.of(reply)), failure -> {
          if (kind(failure) != ReplyFailure.NO_HANDLERS) {
            return Future.failedFuture(new Unanswered(Why.LATE));
          }
          roster.unreachable(instance.id());
          return ask(left.subList(1, left.size()), request, options);
        });
  }

  private static Future<JsonObject> read(Outcome outcome) {
    return outcome instanceof Outcome.Result result
        ? Future.succeededFuture(result.json().toJsonObject())
        : Future.failedFuture(new Unanswered(Why.BROKEN));
  }

  private static ReplyFailure kind(Throwable failure) {
    return failure instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
  }

  /** Why there is no answer. */
  public enum Why {
    /** No instance is here that could be asked; nothing happened. */
    NOBODY_HERE,
    /** None came in time; nobody knows what happened. */
    LATE,
    /** The provider could not make one, and has logged why. */
    BROKEN
  }

  /** There is no answer. It has no stack. */
  public static final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Why why;

    Unanswered(Why why) {
      super(why.name(), null, false, false);
      this.why = why;
    }

    public Why why() {
      return why;
    }
  }
}
