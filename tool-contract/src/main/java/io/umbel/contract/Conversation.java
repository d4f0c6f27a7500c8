package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * One call while it is being answered: what its provider can say to the client before the answer.
 * The client may come back in between, to another gateway, so where to say it changes.
 */
public final class Conversation {

  private static final int CANCELLED = -32800;

  private final Vertx vertx;
  private final ParkedCalls parked;
  private final CallsInFlight inFlight;
  private final Promise<Void> cancelled = Promise.promise();
  private Call call;
  private Message<Buffer> waiting;
  private ClientFacts client;
  private boolean asked;
  private boolean passedOn;

  Conversation(Vertx vertx, ParkedCalls parked, CallsInFlight inFlight) {
    this.vertx = vertx;
    this.parked = parked;
    this.inFlight = inFlight;
    cancelled.future().onComplete(given -> release());
  }

  /** The call as it stands: a resumed one has another gateway and correlation id. */
  public Call call() {
    return call;
  }

  /** Whether another instance of this provider passed the call on: it is not passed on again. */
  public boolean isPassedOn() {
    return passedOn;
  }

  /** Completes if the client gives the call up. */
  public Future<Void> cancelled() {
    return cancelled.future();
  }

  /** What the client says of itself. */
  public ClientFacts client() {
    client = client == null ? ClientFacts.of(call.params()) : client;
    return client;
  }

  /**
   * Tells the client how far this has come, if it asked to hear of it.
   *
   * @param progress grows from one to the next
   * @param total where it ends, or 0 where that is not known
   * @param message for people, or null
   */
  public void progress(double progress, double total, String message) {
    if (client().wantsProgress()) {
      var body = new JsonObject().put("progress", number(progress));
      if (total > 0) {
        body.put("total", number(total));
      }
      tell(Op.PROGRESS, message == null ? body : body.put("message", message));
    }
  }

  /** Sends the client a log line, if it asked for lines of that level. */
  public void log(LogLevel level, String logger, Object data) {
    var wanted = client().logLevel();
    if (wanted != null && level.compareTo(wanted) >= 0) {
      var body = new JsonObject().put("level", level.word()).put("data", data);
      tell(Op.LOG, logger == null ? body : body.put("logger", logger));
    }
  }

  /** Lets an older client hang up and come back for the rest of the answer, to save connections. */
  public void pause() {
    tell(Op.PAUSE, new JsonObject());
  }

  /**
   * Asks the client and waits, without a thread, for its answers. This call is parked meanwhile; if
   * its node dies, the client is told so when it comes back.
   *
   * @param questions by keys of the provider's choice
   * @return fails with {@link CannotAsk} where the client cannot be asked, or has not come back
   */
  public Future<Answers> ask(Map<String, Question> questions) {
    for (var question : questions.values()) {
      if (!question.suits(client().capabilities())) {
        return Future.failedFuture(CannotAsk.lacks(question.capability()));
      }
    }
    var early = early(questions.keySet());
    if (early != null) {
      return Future.succeededFuture(early);
    }
    var answered = Promise.<Answers>promise();
    var round = new ParkedCalls.Round(this, questions, answered);
    try {
      put(questions, parked.park(round));
      return answered.future();
    } catch (CannotAsk full) {
      return Future.failedFuture(full);
    }
  }

  /**
   * What the call brought with it to answer its first questions, or null: a client that begins
   * again with the answers it already has, since the node that had asked is gone, is not asked
   * again.
   */
  private Answers early(Set<String> questions) {
    var first = !asked;
    asked = true;
    return first ? Answers.in(call.params().toJsonObject(), questions) : null;
  }

  /** The client calls, or has come back. */
  void begin(Call now, Message<Buffer> message) {
    call = now;
    waiting = message;
    passedOn = message != null && message.headers().contains(Header.PASSED);
    client = null;
    inFlight.begin(now, cancelled);
  }

  /** Answers whoever waits now; nobody does after the client was asked and has not come back. */
  void reply(Outcome outcome) {
    if (waiting != null) {
      outcome.reply(waiting);
      waiting = null;
      inFlight.end(call);
    }
  }

  /** Nobody waits for the answer; what waits for a reply to the message need not wait either. */
  private void release() {
    reply(new Outcome.ProtocolError(CANCELLED, "Request cancelled", null));
  }

  /** Nobody waits for the answer any longer, though the call is not in flight. */
  void giveUp() {
    cancelled.tryComplete();
  }

  /** Puts the questions to whoever waits now. */
  void put(Map<String, Question> questions, String token) {
    var requests = new JsonObject();
    questions.forEach((key, question) -> requests.put(key, question.toJson()));
    var json = new JsonObject().put("inputRequests", requests).put("requestState", token);
    reply(new Outcome.InputRequired(json.toBuffer(), token));
  }

  private void tell(Op op, JsonObject body) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, op.word())
        .addHeader(Header.CALL, call.trail().id());
    vertx.eventBus().send(call.trail().gateway(), body.toBuffer(), options);
  }

  /** Whole numbers go without a fraction. */
  private static Number number(double value) {
    return value == Math.rint(value) ? (Number) (long) value : (Number) value;
  }
}
