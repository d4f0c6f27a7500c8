package io.umbel.registry.owner;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Answers;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.contract.Question;
import io.umbel.contract.ToolResult;
import io.umbel.registry.owner.OwnerAway.Way;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** One call on its way to a server's owner, with all that the owner asks the client meanwhile. */
final class Passage {

  private static final long PATIENCE_MILLIS = 5_000;
  private static final long PAUSE_MILLIS = 200;
  private static final int INTERNAL = -32603;
  private static final String RESPONSES = "inputResponses";
  private static final String STATE = "requestState";

  private final Elsewhere ways;
  private final UUID server;
  private final Conversation conversation;
  private final boolean repeatable;
  private final Supplier<Future<Outcome>> here;
  private long started = System.nanoTime();
  private boolean repeated;
  private Instance owner;
  private String parked;

  Passage(
      Elsewhere ways,
      UUID server,
      Conversation conversation,
      boolean repeatable,
      Supplier<Future<Outcome>> here) {
    this.ways = ways;
    this.server = server;
    this.conversation = conversation;
    this.repeatable = repeatable;
    this.here = here;
  }

  /** Whatever happens, an outcome comes; fails only as the conversation does. */
  Future<Outcome> go() {
    conversation.cancelled().onSuccess(given -> tellGivenUp());
    return attempt().recover(this::ended);
  }

  private Future<Outcome> attempt() {
    if (ways.ownership().isMine(server)) {
      owner = null;
      return here.get();
    }
    return send(Op.CALL, withoutEarlyAnswers(conversation.call().params())).recover(this::again);
  }

  /** Asks where it is now, if the owner that was asked has done nothing or may do it again. */
  private Future<Outcome> again(Throwable failure) {
    if (!(failure instanceof OwnerAway away) || conversation.cancelled().isComplete()) {
      return Future.failedFuture(failure);
    }
    var undelivered = away.way() == Way.UNDELIVERED && elapsedMillis() < PATIENCE_MILLIS;
    var lost = away.way() == Way.LOST && repeatable && !repeated;
    if ((!undelivered && !lost) || leftMillis() <= PAUSE_MILLIS) {
      return Future.failedFuture(failure);
    }
    repeated |= lost;
    return ways.vertx()
        .timer(PAUSE_MILLIS)
        .compose(waited ->
            conversation.cancelled().isComplete() ? Future.failedFuture(failure) : attempt());
  }

  private Future<Outcome> send(Op op, Buffer params) {
    owner = ways.ownership().ownerOf(server);
    return ways.bus().request(owner, params, headers(op)).compose(reply -> {
      var outcome = Outcome.of(reply);
      if (outcome instanceof Outcome.InputRequired asked && asked.parked() != null) {
        return ask(asked);
      }
      return isNotTheirs(outcome)
          ? Future.failedFuture(OwnerBus.undelivered())
          : Future.succeededFuture(outcome);
    });
  }

  private DeliveryOptions headers(Op op) {
    var call = conversation.call().within(leftMillis());
    var headers = call.toHeaders(ways.seal(call.caller())).addHeader(Header.PASSED, "yes");
    headers.getHeaders().set(Header.OP, op.word());
    return parked == null ? headers : headers.addHeader(Header.PARKED, parked);
  }

  /** The owner waits for answers of the client, which only this end of the call can ask. */
  private Future<Outcome> ask(Outcome.InputRequired asked) {
    parked = asked.parked();
    return conversation
        .ask(questions(asked.json().toJsonObject()))
        .onFailure(cannot -> tellGivenUp())
        .compose(this::resume);
  }

  private static Map<String, Question> questions(JsonObject json) {
    var questions = new HashMap<String, Question>();
    json.getJsonObject("inputRequests").forEach(entry -> {
      var request = (JsonObject) entry.getValue();
      var params = request.getJsonObject("params", new JsonObject());
      questions.put(entry.getKey(), Question.of(request.getString("method"), params));
    });
    return questions;
  }

  /** Only the instance that asked can go on, whoever owns the server by now. */
  private Future<Outcome> resume(Answers answers) {
    started = System.nanoTime();
    var params = conversation.call().params().toJsonObject();
    params.put(RESPONSES, answers.byKey()).put(STATE, parked);
    var headers = headers(Op.RESUME);
    parked = null;
    return ways.bus()
        .request(owner, params.toBuffer(), headers)
        .recover(failure -> Future.failedFuture(begun(failure)))
        .map(Outcome::of)
        .compose(outcome -> outcome instanceof Outcome.InputRequired more && more.parked() != null
            ? ask(more)
            : Future.succeededFuture(outcome));
  }

  /**
   * Answers that came with a call before anything was asked are given here, when the owner asks: if
   * both had them, a later question of the same key would be answered with an earlier answer.
   */
  private static Buffer withoutEarlyAnswers(Buffer params) {
    if (!params.toString().contains(RESPONSES)) {
      return params;
    }
    var json = params.toJsonObject();
    if (json.containsKey(STATE)) {
      return params; // a server's own state, and the answers that belong to it
    }
    json.remove(RESPONSES);
    return json.toBuffer();
  }

  /** What was asked about had begun, and is gone with whoever did it. */
  private static Throwable begun(Throwable failure) {
    return failure instanceof OwnerAway away && away.way() == Way.UNDELIVERED
        ? OwnerBus.lost()
        : failure;
  }

  private static boolean isNotTheirs(Outcome outcome) {
    return outcome instanceof Outcome.ProtocolError error && error.code() == Elsewhere.NOT_MINE;
  }

  private void tellGivenUp() {
    if (owner != null) {
      ways.bus().cancel(owner, conversation.call().trail().id(), parked);
    }
  }

  private Future<Outcome> ended(Throwable failure) {
    if (!(failure instanceof OwnerAway away)) {
      return Future.failedFuture(failure);
    }
    if (away.way() == Way.LATE) {
      tellGivenUp();
    }
    return Future.succeededFuture(answer(away));
  }

  /** A model can act on the failure of a tool; what is got or read has no place for one. */
  private Outcome answer(OwnerAway away) {
    Call call = conversation.call();
    return call.target().method().equals("tools/call")
        ? ToolResult.failure(away.code(), away.getMessage())
            .toOutcome(call.trail().correlationId())
        : new Outcome.ProtocolError(
            INTERNAL, away.getMessage(), JsonObject.of("error", away.code().name()));
  }

  private long elapsedMillis() {
    return (System.nanoTime() - started) / 1_000_000;
  }

  private long leftMillis() {
    return Math.max(1, conversation.call().timeoutMillis() - elapsedMillis());
  }
}
