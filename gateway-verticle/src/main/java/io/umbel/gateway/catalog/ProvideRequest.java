package io.umbel.gateway.catalog;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CorrelationId;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.UnknownServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Asks an instance of a provider what a caller has of it. */
final class ProvideRequest {

  /** The longest that a list is held up by a provider. */
  static final long PATIENCE_MILLIS = 2_000;

  private final Vertx vertx;
  private final CallerSeal seal;
  private final MeterRegistry registry;

  ProvideRequest(Vertx vertx, MeterRegistry registry) {
    var node = Node.of(vertx);
    this.vertx = vertx;
    this.seal = new CallerSeal(node.secret(), node.clock());
    this.registry = registry;
  }

  /**
   * The provision; fails with {@link Silent} where no answer comes, with {@link NoServer} where the
   * caller is narrowed to a server that there is not, or with what was wrong with the answer.
   */
  Future<Provided> send(PerCaller provider, Caller caller) {
    var replica = Replica.leastBusy(provider.replicas(), any -> true);
    var asked = replica.isEmpty()
        ? Future.<Provided>failedFuture(new Silent("no instance is here"))
        : send(replica.get(), provider.name(), caller);
    return asked
        .onSuccess(provided -> count(provider, "answered"))
        .onFailure(failure -> count(provider, result(failure)));
  }

  private static String result(Throwable failure) {
    if (failure instanceof NoServer) {
      return "answered";
    }
    return failure instanceof Silent ? "silent" : "failed";
  }

  private Future<Provided> send(Replica replica, String provider, Caller caller) {
    var options = new DeliveryOptions()
        .setSendTimeout(PATIENCE_MILLIS)
        .addHeader(Header.OP, Op.PROVIDE.word())
        .addHeader(Header.CALLER, seal.seal(caller, provider))
        .addHeader(Header.CORRELATION, CorrelationId.next())
        .addHeader(Header.TIMEOUT, Long.toString(PATIENCE_MILLIS));
    var promise = Promise.<Provided>promise();
    Runnable onLost = () -> promise.tryFail(new Silent("its node is gone"));
    replica.waits(onLost);
    vertx
        .eventBus()
        .<Buffer>request(replica.instance().address(), Buffer.buffer(), options)
        .map(reply -> read(reply.body(), Outcome.of(reply)))
        .onSuccess(promise::tryComplete)
        .onFailure(failure -> promise.tryFail(silence(failure)));
    return promise.future().onComplete(done -> replica.done(onLost));
  }

  private static Provided read(Buffer body, Outcome outcome) {
    if (body.length() > Bus.MAX_PROVISION_BYTES) {
      throw new IllegalArgumentException("Not a provision: it has " + body.length() + " bytes");
    }
    return outcome.fold(
        result -> Provided.fromBuffer(result.json()),
        error -> {
          throw UnknownServer.isSaidBy(error)
              ? new NoServer(error.message())
              : new IllegalArgumentException(error.message());
        },
        asked -> {
          throw new IllegalArgumentException("Not a provision: a question");
        });
  }

  private static Throwable silence(Throwable failure) {
    return failure instanceof ReplyException reply
            && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE
        ? new Silent("no answer: " + reply.failureType())
        : failure;
  }

  private void count(PerCaller provider, String result) {
    registry
        .counter("mcp.provisions", "provider", provider.name(), "result", result)
        .increment();
  }

  /** This provider has no server of that name for that caller. */
  static final class NoServer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoServer(String text) {
      super(text, null, false, false);
    }
  }

  /** Nobody answered. */
  static final class Silent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Silent(String why) {
      super(why, null, false, false);
    }
  }
}
