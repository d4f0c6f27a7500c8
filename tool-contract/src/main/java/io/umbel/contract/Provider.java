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
import java.time.Duration;
import java.util.List;
import java.util.UUID;

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

  /** Between two times that it is told which resources are watched. */
  public static final long WATCH_MILLIS = 20_000;

  private static final long DRAIN_MILLIS = 10_000;

  private CallDesk desk;
  private boolean leaving;
  private ParkedCount toldParked = ParkedCount.NONE;
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
   */
  protected abstract Future<Outcome> answer(Conversation conversation);

  /**
   * What this caller has beside what everyone has. Asked only of one whose {@link #traits} say that
   * its offers depend on the caller. A failed future is a bug of the provider, as with
   * {@link #answer}.
   */
  protected Future<Provided> provided(Caller caller) {
    return Future.succeededFuture(new Provided(Offers.NONE, Provision.USUAL, Duration.ZERO));
  }

  /**
   * Answers a request of the REST API for what this provider keeps: {@code docs/bus.md} has its
   * members and those of the answer, under "manage". A failed future is a bug of the provider.
   */
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    return Future.succeededFuture(new JsonObject().put("status", 404));
  }

  /**
   * Clients of this caller watch these resources. Said again every {@value #WATCH_MILLIS} ms as
   * long as that is so, to one instance; what is not said for three times as long is over.
   */
  protected void watched(Caller caller, List<String> uris) {}

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

  /** Comes after the last answer: what is still open is closed. */
  protected Future<?> finish() {
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
        .compose(done -> rollCalls.unregister())
        .compose(done -> finish());
  }

  /** Tells everyone what is offered now. */
  protected final void announce() {
    var body = new Announcement(instance, traits(), offers()).toBuffer();
    signed.publish(vertx, Bus.ANNOUNCE, "announce", instance.id(), body);
  }

  /**
   * Tells everyone that a resource has changed, so that those who watch it hear of it.
   *
   * @param account whose it is, or null where it is everyone's
   */
  protected final void resourceChanged(String uri, String account) {
    var what = new JsonObject().put("kind", "resource").put("uri", uri);
    var body = (account == null ? what : what.put("account", account)).toBuffer();
    signed.publish(vertx, Bus.CHANGED, "changed", instance.id(), body);
  }

  /**
   * Tells everyone to ask again what callers have of this provider.
   *
   * @param account whose callers, or null where it may be everyone's
   */
  protected final void tellProvisionChanged(String account) {
    var what = new JsonObject().put("kind", "provision").put("provider", name());
    var body = (account == null ? what : what.put("account", account)).toBuffer();
    signed.publish(vertx, Bus.CHANGED, "changed", instance.id(), body);
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
    desk = new CallDesk(
        vertx,
        name(),
        seal,
        new CallDesk.Answerers(this::answer, this::provided, this::manage, this::watched));
  }

  private Future<Void> takeCalls() {
    calls = vertx.eventBus().consumer(instance.address(), desk::receive);
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
    desk.keepHouse();
    tellParked();
    if (!leaving) {
      announce();
    }
  }

  /** Who counts hears how many calls wait, where that has changed. */
  private void tellParked() {
    var now = desk.parked();
    if (!now.equals(toldParked)) {
      toldParked = now;
      signed.publish(vertx, Bus.ANNOUNCE, Roster.PARKED, instance.id(), now.toBuffer());
    }
  }

  private void sayGoodbye() {
    leaving = true;
    signed.publish(vertx, Bus.ANNOUNCE, "goodbye", instance.id(), Buffer.buffer());
  }

  private Future<Void> drain() {
    return Future.any(desk.whenIdle(), vertx.timer(DRAIN_MILLIS)).mapEmpty();
  }
}
