package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.ParkedCalls.Round;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many may wait for their users, and for how long. */
class ParkedCallsTest {

  private static final int MOST_OF_ONE_CALLER = 1_000;
  private static final int MOST = 10_000;

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock();
  private final ParkedCalls parked = new ParkedCalls(clock);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whoNeverComesBackIsFreedWhenItsTimeIsOver() {
    var round = round("ann");
    assertThat(parked.park(round)).isNotNull();
    clock.advance(ParkedCalls.PATIENCE);
    parked.expire();
    assertThat(parked.count().now()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    parked.expire();
    assertThat(parked.count().now()).isZero();
    assertThat(round.answered().future().cause()).hasMessage("The user did not answer in time");
    assertThat(round.conversation().cancelled().succeeded()).isTrue();
  }

  @Test
  void whatIsGivenUpWaitsNoLonger() {
    var round = round("ann");
    var token = parked.park(round);
    parked.giveUp("another");
    assertThat(parked.count().now()).isEqualTo(1);
    parked.giveUp(token);
    parked.giveUp(token);
    assertThat(parked.count().now()).isZero();
    assertThat(round.answered().future().failed()).isTrue();
    assertThat(round.conversation().cancelled().succeeded()).isTrue();
  }

  @Test
  void oneCallerCannotTakeAllThePlaces() {
    for (int i = 0; i < MOST_OF_ONE_CALLER; i++) {
      assertThat(parked.park(round("ann"))).isNotNull();
    }
    assertThatThrownBy(() -> parked.park(round("ann")))
        .hasMessage(
            "Too many calls wait for an answer of their user: 1000 of yours, which is all one"
                + " caller may have; answer some of them first");
    var token = parked.park(round("bob"));
    assertThat(token).isNotNull();
    assertThat(parked.resume(token, call("ann"), null)).isFalse();
    assertThat(parked.resume("another", call("bob"), null)).isFalse();
    clock.advance(ParkedCalls.PATIENCE.plusMillis(1));
    parked.expire();
    assertThat(parked.park(round("ann"))).isNotNull();
  }

  @Test
  void thereIsAnEndToThePlaces() {
    for (int i = 0; i < MOST; i++) {
      assertThat(parked.park(round("caller-" + i % 20))).isNotNull();
    }
    assertThatThrownBy(() -> parked.park(round("another")))
        .hasMessage("Too many calls wait for an answer of their user: 10000, which is all this"
            + " provider holds; try again later");
    assertThat(parked.count()).isEqualTo(new ParkedCount(MOST, MOST, 0, 0, 1));
  }

  @Test
  void whatBecameOfEachIsCounted() {
    var back = parked.park(round("ann"));
    parked.park(round("bob"));
    clock.advance(ParkedCalls.PATIENCE);
    parked.giveUp(parked.park(round("cid")));
    assertThat(parked.count()).isEqualTo(new ParkedCount(2, 3, 0, 0, 0));
    assertThat(parked.resume(back, call("ann"), null)).isTrue();
    clock.advance(Duration.ofMillis(1));
    parked.expire();
    assertThat(parked.count()).isEqualTo(new ParkedCount(0, 3, 1, 1, 0));
  }

  @Test
  void whoCannotWaitIsToldSo() {
    for (int i = 0; i < MOST_OF_ONE_CALLER; i++) {
      assertThat(parked.park(round("ann"))).isNotNull();
    }
    var asked = round("ann").conversation().ask(Map.of("name", Question.roots()));
    assertThat(asked.cause()).hasMessageContaining("answer some of them first");
  }

  private Round round(String subject) {
    var conversation = new Conversation(vertx, parked, new CallsInFlight());
    conversation.begin(call(subject), null);
    return new Round(conversation, Map.of(), Promise.promise());
  }

  private static Call call(String subject) {
    var capabilities = JsonObject.of("roots", new JsonObject());
    var meta = JsonObject.of("io.modelcontextprotocol/clientCapabilities", capabilities);
    return new Call(
        new Call.Target("tools/call", "ask"),
        new Caller("acme", subject, null, null, Set.of()),
        new Call.Trail("call", "correlation", "umbel.gateway@x"),
        1_000,
        Buffer.buffer(JsonObject.of("_meta", meta).encode()));
  }
}
