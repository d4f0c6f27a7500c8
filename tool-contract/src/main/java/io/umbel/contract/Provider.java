package io.umbel.contract;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verticle that offers something and answers calls for it. It announces itself at its start, on a
 * roll-call and every {@value #ANNOUNCE_MILLIS} ms, at an address of its own; it says goodbye a
 * moment before it stops serving, and finishes what it was asked before.
 *
 * <p>Tools are most easily written as a {@link ToolVerticle}.
 */
public abstract class Provider extends VerticleBase {

  /** Between two announcements. */
  public static final long ANNOUNCE_MILLIS = 5_000;

  /** Between the goodbye and the end: calls that were on their way still arrive. */
  public static final long GOODBYE_MILLIS = 250;

  private static final long DRAIN_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

  private final CallsInFlight inFlight = new CallsInFlight();
  private boolean leaving;
  private Instance instance;
  private CallerSeal seal;
  private SignedMessage signed;
  private MessageConsumer<Buffer> calls;
  private MessageConsumer<Buffer> rollCalls;

  /** The feature's word. */
  protected abstract String name();

  /** What every caller of it may see. */
  protected abstract Offers offers();

  /**
   * Answers a call. A failed future is a bug of the provider: it is logged with its stack, and the
   * client sees an internal error with the correlation id.
   *
   * @param cancelled completes if the client gives the call up
   */
  protected abstract Future<Outcome> answer(Call call, Future<Void> cancelled);

  /** How it wants to be treated. */
  protected Traits traits() {
    return Traits.NONE;
  }

  /** The version its announcements carry. */
  protected String version() {
    return Node.of(vertx).about().version();
  }

  /** Comes before the first announcement; the deployment fails with it. */
  protected Future<?> prepare() {
    return Future.succeededFuture();
  }

  /** This instance. */
  protected final Instance instance() {
    return instance;
  }

  @Override
  public final Future<?> start() {
    introduce();
    return prepare()
        .compose(ready -> takeCalls())
        .compose(ready -> answerRollCalls())
        .onSuccess(ready -> keepAnnouncing());
  }

  @Override
  public final Future<?> stop() {
    sayGoodbye();
    return vertx
        .timer(GOODBYE_MILLIS)
        .compose(waited -> drain())
        .compose(done -> calls.unregister())
        .compose(done -> rollCalls.unregister());
  }

  /** Tells everyone what is offered now. */
  protected final void announce() {
    var body = new Announcement(instance, traits(), offers()).toBuffer();
    signed.publish(vertx, Bus.ANNOUNCE, "announce", instance.id(), body);
  }

  /**
   * Asks the gateway that holds this call what its caller may see: the same window that the
   * caller's own lists and calls look through.
   *
   * @param query as {@code docs/bus.md} describes it under "catalog"
   */
  protected final Future<JsonObject> askCatalog(Call call, JsonObject query) {
    var options = new DeliveryOptions()
        .setSendTimeout(call.timeoutMillis())
        .addHeader(Header.OP, Op.CATALOG.word())
        .addHeader(Header.CALLER, seal.seal(call.caller(), Bus.GATEWAY))
        .addHeader(Header.CORRELATION, call.trail().correlationId());
    return vertx
        .eventBus()
        .<Buffer>request(call.trail().gateway(), query.toBuffer(), options)
        .map(reply -> reply.body().toJsonObject());
  }

  private void introduce() {
    var node = Node.of(vertx);
    var id = UUID.randomUUID().toString().substring(24);
    instance = new Instance(name(), id, node.id(), version());
    seal = new CallerSeal(node.secret(), node.clock());
    signed = new SignedMessage(node);
  }

  private Future<Void> takeCalls() {
    calls = vertx.eventBus().consumer(instance.address(), this::receive);
    return calls.completion();
  }

  private Future<Void> answerRollCalls() {
    rollCalls = vertx.eventBus().consumer(Bus.ROLL_CALL, this::answerRollCall);
    return rollCalls.completion();
  }

  private void answerRollCall(Message<Buffer> rollCall) {
    if (!leaving && signed.isGenuine(rollCall)) {
      announce();
    }
  }

  private void keepAnnouncing() {
    announce();
    vertx.setPeriodic(ANNOUNCE_MILLIS, tick -> keepHouse());
  }

  private void keepHouse() {
    inFlight.cancelOverdue();
    if (!leaving) {
      announce();
    }
  }

  private void sayGoodbye() {
    leaving = true;
    signed.publish(vertx, Bus.ANNOUNCE, "goodbye", instance.id(), Buffer.buffer());
  }

  private Future<Void> drain() {
    return Future.any(inFlight.whenEmpty(), vertx.timer(DRAIN_MILLIS)).mapEmpty();
  }

  private void receive(Message<Buffer> message) {
    var op = Op.of(message.headers().get(Header.OP));
    if (op == Op.CALL) {
      receiveCall(message);
    } else if (op == Op.PING) {
      message.reply(Buffer.buffer());
    } else if (op == Op.CANCEL) {
      inFlight.cancel(message.headers().get(Header.CALL));
    } else {
      new Outcome.ProtocolError(-32601, "This provider does not know that operation", null)
          .reply(message);
    }
  }

  private void receiveCall(Message<Buffer> message) {
    try {
      var call = Call.of(message, seal, name());
      answered(call, inFlight.begin(call))
          .onComplete(outcome -> reply(message, call, outcome.result()));
    } catch (CallerSeal.RefusedCaller e) {
      LOG.warn("Refused a call of {}: {}", name(), e.getMessage());
      ToolResult.failure(ErrorCode.UNAUTHENTICATED, e.getMessage())
          .toOutcome(CorrelationId.from(message.headers().get(Header.CORRELATION)))
          .reply(message);
    }
  }

  /** The outcome in any case: what fails or is thrown becomes an internal error. */
  private Future<Outcome> answered(Call call, Future<Void> cancelled) {
    try {
      return answer(call, cancelled).otherwise(bug -> internal(call, bug));
    } catch (Throwable bug) {
      return Future.succeededFuture(internal(call, bug));
    }
  }

  private Outcome internal(Call call, Throwable bug) {
    var id = call.trail().correlationId();
    LOG.atError()
        .addKeyValue("correlation_id", id)
        .setCause(bug)
        .log("{} {} of {} failed", call.target().method(), call.target().name(), name());
    return new Outcome.ProtocolError(-32603, "Internal error (correlation id " + id + ")", null);
  }

  private void reply(Message<Buffer> message, Call call, Outcome outcome) {
    bounded(call, outcome).reply(message);
    inFlight.end(call);
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
