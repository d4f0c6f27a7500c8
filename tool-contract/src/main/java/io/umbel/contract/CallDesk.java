package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is sent to one instance of a provider, and sees to it that each call is answered. */
final class CallDesk {

  private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);

  private final Vertx vertx;
  private final String provider;
  private final CallerSeal seal;
  private final Answerers answerers;
  private final CallsInFlight inFlight = new CallsInFlight();
  private final ParkedCalls parked;

  /**
   * What a provider knows to answer.
   *
   * @param calls a call
   * @param provisions the question what a caller has
   * @param requests a request of the REST API
   * @param watches the word that a caller watches these URIs
   */
  record Answerers(
      Function<Conversation, Future<Outcome>> calls,
      Function<Caller, Future<Provided>> provisions,
      BiFunction<Caller, JsonObject, Future<JsonObject>> requests,
      BiConsumer<Caller, List<String>> watches) {}

  CallDesk(Vertx vertx, String provider, CallerSeal seal, Answerers answerers) {
    this.vertx = vertx;
    this.provider = provider;
    this.seal = seal;
    this.answerers = answerers;
    this.parked = new ParkedCalls(Node.of(vertx).clock());
  }

  void receive(Message<Buffer> message) {
    var op = Op.of(message.headers().get(Header.OP));
    if (op == Op.CALL) {
      believed(message, call -> begin(call, message));
    } else if (op == Op.RESUME) {
      believed(message, call -> resume(call, message));
    } else if (op == Op.PROVIDE) {
      provide(message);
    } else if (op == Op.MANAGE) {
      manage(message);
    } else if (op == Op.WATCH) {
      watch(message);
    } else if (op == Op.PING) {
      message.reply(Buffer.buffer());
    } else if (op == Op.CANCEL) {
      cancel(message.headers().get(Header.CALL), message.headers().get(Header.PARKED));
    } else {
      new Outcome.ProtocolError(-32601, "This provider does not know that operation", null)
          .reply(message);
    }
  }

  private void cancel(String id, String token) {
    if (token == null) {
      inFlight.cancel(id);
    } else {
      parked.giveUp(token);
    }
  }

  /** Gives up what nobody waits for any longer. */
  void keepHouse() {
    inFlight.cancelOverdue();
    parked.expire();
  }

  /** How many calls wait for their users. */
  ParkedCount parked() {
    return parked.count();
  }

  /** Completes when nothing is being answered; calls that are parked are not waited for. */
  Future<Void> whenIdle() {
    return inFlight.whenEmpty();
  }

  private void believed(Message<Buffer> message, Consumer<Call> taker) {
    try {
      taker.accept(Call.of(message, seal, provider));
    } catch (CallerSeal.RefusedCaller e) {
      var id = CorrelationId.from(message.headers().get(Header.CORRELATION));
      LOG.atWarn()
          .addKeyValue("correlation_id", id)
          .log("Refused a call of {}: {}", provider, e.getMessage());
      ToolResult.failure(ErrorCode.UNAUTHENTICATED, e.getMessage())
          .toOutcome(id)
          .reply(message);
    }
  }

  private void provide(Message<Buffer> message) {
    var correlation = CorrelationId.from(message.headers().get(Header.CORRELATION));
    try {
      var caller = seal.open(message.headers().get(Header.CALLER), provider);
      Future.succeededFuture(caller)
          .compose(answerers.provisions())
          .map(provided -> fitting(provided.toBuffer()))
          .otherwise(failure -> notProvided(correlation, failure))
          .onSuccess(outcome -> outcome.reply(message));
    } catch (CallerSeal.RefusedCaller e) {
      LOG.warn("Refused to say what a caller has of {}: {}", provider, e.getMessage());
      new Outcome.ProtocolError(-32602, e.getMessage(), null).reply(message);
    }
  }

  private void manage(Message<Buffer> message) {
    var correlation = CorrelationId.from(message.headers().get(Header.CORRELATION));
    try {
      var caller = seal.open(message.headers().get(Header.CALLER), provider);
      Future.succeededFuture(message.body().toJsonObject())
          .compose(request -> answerers.requests().apply(caller, request))
          .<Outcome>map(json -> new Outcome.Result(json.toBuffer(), null, null))
          .otherwise(failure -> notManaged(correlation, failure))
          .onSuccess(outcome -> outcome.reply(message));
    } catch (CallerSeal.RefusedCaller | DecodeException e) {
      LOG.warn("Refused a request for what {} keeps: {}", provider, e.getMessage());
      new Outcome.ProtocolError(-32602, e.getMessage(), null).reply(message);
    }
  }

  private void watch(Message<Buffer> message) {
    try {
      var caller = seal.open(message.headers().get(Header.CALLER), provider);
      var uris = message.body().toJsonArray().stream().map(String.class::cast).toList();
      answerers.watches().accept(caller, uris);
    } catch (CallerSeal.RefusedCaller | DecodeException | ClassCastException e) {
      LOG.warn("Refused to watch resources of {}: {}", provider, e.getMessage());
    }
  }

  private Outcome notManaged(String correlation, Throwable failure) {
    LOG.atError()
        .addKeyValue("correlation_id", correlation)
        .setCause(failure)
        .log("{} could not answer a request for what it keeps", provider);
    return internal(correlation);
  }

  private static Outcome fitting(Buffer provision) {
    if (provision.length() > Bus.MAX_PROVISION_BYTES) {
      throw new IllegalStateException("A provision of " + provision.length()
          + " bytes is more than the bus carries, " + Bus.MAX_PROVISION_BYTES);
    }
    return new Outcome.Result(provision, null, null);
  }

  private Outcome notProvided(String correlation, Throwable failure) {
    if (failure instanceof UnknownServer unknown) {
      return unknown.outcome();
    }
    LOG.atError()
        .addKeyValue("correlation_id", correlation)
        .setCause(failure)
        .log("{} could not say what a caller has", provider);
    return internal(correlation);
  }

  private static Outcome internal(String id) {
    return new Outcome.ProtocolError(-32603, "Internal error (correlation id " + id + ")", null);
  }

  private void begin(Call call, Message<Buffer> message) {
    var conversation = new Conversation(vertx, parked, inFlight);
    conversation.begin(call, message);
    answered(conversation)
        .onSuccess(outcome -> conversation.reply(bounded(conversation.call(), outcome)));
  }

  private void resume(Call call, Message<Buffer> message) {
    if (!parked.resume(message.headers().get(Header.PARKED), call, message)) {
      var text = "This question was answered before, has expired, or its node is gone: call again";
      new Outcome.ProtocolError(-32602, text, null).reply(message);
    }
  }

  /** The outcome in any case: what fails or is thrown becomes an internal error. */
  private Future<Outcome> answered(Conversation conversation) {
    try {
      return answerers
          .calls()
          .apply(conversation)
          .map(Objects::requireNonNull)
          .otherwise(failure -> failed(conversation, failure));
    } catch (Throwable failure) {
      return Future.succeededFuture(failed(conversation, failure));
    }
  }

  private Outcome failed(Conversation conversation, Throwable failure) {
    if (failure instanceof CannotAsk unanswered) {
      return unanswered.outcome();
    }
    var call = conversation.call();
    var id = call.trail().correlationId();
    if (failure instanceof ToolFailure answer) {
      return answer.toResult().toOutcome(id);
    }
    LOG.atError()
        .addKeyValue("correlation_id", id)
        .setCause(failure)
        .log("{} {} of {} failed", call.target().method(), call.target().name(), provider);
    return internal(id);
  }

  private static Outcome bounded(Call call, Outcome outcome) {
    if (!(outcome instanceof Outcome.Result result)
        || result.json().length() <= Bus.MAX_MESSAGE_BYTES) {
      return outcome;
    }
    var text = "The result has %d bytes; at most %d can be carried. Ask for less of it.";
    return ToolResult.failure(
            ErrorCode.TOO_LARGE, text.formatted(result.json().length(), Bus.MAX_MESSAGE_BYTES))
        .toOutcome(call.trail().correlationId());
  }
}
