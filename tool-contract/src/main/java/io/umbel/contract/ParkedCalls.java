package io.umbel.contract;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The calls of one provider instance that wait for an answer of their user. Bounded in number, for
 * one caller and in all, and in time.
 */
final class ParkedCalls {

  /** How long a user may think. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MOST = 10_000;
  private static final int MOST_OF_ONE_CALLER = 1_000;

  private final Clock clock;
  private final Map<String, Parked> parked = new HashMap<>();
  private final Map<String, Integer> perCaller = new HashMap<>();
  private long total;
  private long resumed;
  private long expired;
  private long refused;

  ParkedCalls(Clock clock) {
    this.clock = clock;
  }

  /** One round of questions of one call. */
  record Round(
      Conversation conversation, Map<String, Question> questions, Promise<Answers> answered) {
    Caller caller() {
      return conversation.call().caller();
    }

    /** Whatever token the caller comes with. */
    String owner() {
      return caller().account() + " " + caller().subject();
    }
  }

  private record Parked(Round round, long until) {}

  /**
   * The token by which the client comes back.
   *
   * @throws CannotAsk where no more can wait
   */
  String park(Round round) {
    var mine = perCaller.getOrDefault(round.owner(), 0);
    if (mine >= MOST_OF_ONE_CALLER) {
      refused++;
      throw CannotAsk.tooManyOfOneCaller(MOST_OF_ONE_CALLER);
    }
    if (parked.size() >= MOST) {
      refused++;
      throw CannotAsk.tooMany(MOST);
    }
    total++;
    var token = UUID.randomUUID().toString();
    perCaller.put(round.owner(), mine + 1);
    parked.put(token, new Parked(round, clock.millis() + PATIENCE.toMillis()));
    return token;
  }

  /**
   * The client has come back.
   *
   * @return whether that token stood for a call of this caller
   */
  boolean resume(String token, Call call, Message<Buffer> message) {
    var found = parked.get(token);
    if (found == null || !found.round().caller().equals(call.caller())) {
      return false;
    }
    remove(token);
    resumed++;
    var round = found.round();
    round.conversation().begin(call, message);
    answer(round, call.params().toJsonObject());
    return true;
  }

  /** Gives up what has waited too long. */
  void expire() {
    var now = clock.millis();
    List<String> late = parked.entrySet().stream()
        .filter(entry -> entry.getValue().until() < now)
        .map(Map.Entry::getKey)
        .toList();
    expired += late.size();
    late.forEach(this::giveUp);
  }

  /** The client will not come back. */
  void giveUp(String token) {
    if (parked.containsKey(token)) {
      var round = remove(token).round();
      round.conversation().giveUp();
      round.answered().tryFail(CannotAsk.expired());
    }
  }

  ParkedCount count() {
    return new ParkedCount(parked.size(), total, resumed, expired, refused);
  }

  /** An answer that is missing or no object is asked for again. */
  private void answer(Round round, JsonObject params) {
    var answers = Answers.in(params, round.questions().keySet());
    if (answers != null) {
      round.answered().tryComplete(answers);
      return;
    }
    try {
      round.conversation().put(round.questions(), park(round));
    } catch (CannotAsk full) {
      round.answered().tryFail(full);
    }
  }

  private Parked remove(String token) {
    var gone = parked.remove(token);
    perCaller.computeIfPresent(gone.round().owner(), (owner, n) -> n == 1 ? null : n - 1);
    return gone;
  }
}
