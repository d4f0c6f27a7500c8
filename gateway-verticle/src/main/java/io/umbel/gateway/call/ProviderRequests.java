package io.umbel.gateway.call;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Roster;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks providers for what they keep, as the REST API shows it. One instance is asked, whichever;
 * another one where that cannot have heard the question, or where the question changes nothing and
 * there is no answer. Whose node leaves the cluster is waited for no longer.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class ProviderRequests {

  /** A server is tried and scanned within it. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Roster roster;
  private final CallerSeal seal;
  private final Set<Waiting> waiting = new HashSet<>();

  private record Waiting(Instance instance, Promise<Message<Buffer>> reply) {}

  /**
   * One question.
   *
   * @param json as {@code docs/bus.md} has it under "manage"
   * @param look whether it changes nothing, so that two may be asked it
   * @param patience with each instance
   */
  public record Question(JsonObject json, boolean look, Duration patience) {}

  public ProviderRequests(Vertx vertx, Roster roster) {
    this.vertx = vertx;
    this.roster = roster;
    var node = Node.of(vertx);
    this.seal = new CallerSeal(node.secret(), node.clock());
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> loseNode(left.body()));
  }

  /** Whether any instance of that provider is here. */
  public boolean hasAny(String provider) {
    return !instances(provider).isEmpty();
  }

  /**
   * The answer.
   *
   * @return fails with {@link Unanswered}
   */
  public Future<JsonObject> ask(
      String provider, Caller caller, String correlationId, Question question) {
    var millis = question.patience().toMillis();
    var options = new DeliveryOptions()
        .setSendTimeout(millis)
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(caller, provider))
        .addHeader(Header.CORRELATION, correlationId)
        .addHeader(Header.TIMEOUT, Long.toString(millis));
    return ask(instances(provider), question, options, Why.NOBODY_HERE);
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

  /** @param before why there is no answer yet */
  private Future<JsonObject> ask(
      List<Instance> left, Question question, DeliveryOptions options, Why before) {
    if (left.isEmpty()) {
      return Future.failedFuture(new Unanswered(before));
    }
    var instance = left.get(0);
    return request(instance, question.json().toBuffer(), options)
        .compose(reply -> read(Outcome.of(reply)), failure -> {
          if (kind(failure) == ReplyFailure.NO_HANDLERS) {
            roster.unreachable(instance.id());
            return ask(left.subList(1, left.size()), question, options, before);
          }
          return question.look()
              ? ask(
                  left.subList(1, before == Why.SILENT ? 1 : left.size()),
                  question,
                  options,
                  Why.SILENT)
              : Future.failedFuture(
                  failure instanceof Unanswered ? failure : new Unanswered(Why.LATE));
        });
  }

  private Future<Message<Buffer>> request(
      Instance instance, Buffer request, DeliveryOptions options) {
    var asked = new Waiting(instance, Promise.promise());
    waiting.add(asked);
    vertx
        .eventBus()
        .<Buffer>request(instance.address(), request, options)
        .onSuccess(asked.reply()::tryComplete)
        .onFailure(asked.reply()::tryFail);
    return asked.reply().future().onComplete(done -> waiting.remove(asked));
  }

  private void loseNode(String node) {
    List.copyOf(waiting).stream()
        .filter(one -> one.instance().node().equals(node))
        .forEach(one -> one.reply().tryFail(new Unanswered(Why.LOST)));
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
    /** The node that was asked is gone; nobody knows what happened. */
    LOST,
    /** Nothing was to be changed, and two did not answer, or the only one. */
    SILENT,
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
