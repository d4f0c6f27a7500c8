package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class CallsInFlightTest {

  private final CallsInFlight inFlight = new CallsInFlight();

  @Test
  void isEmptyOnceEachCallIsAnswered() {
    var first = call("1", 10_000);
    var second = call("2", 10_000);
    begin(first);
    begin(second);
    var empty = inFlight.whenEmpty();
    inFlight.end(first);
    assertThat(empty.isComplete()).isFalse();
    inFlight.end(second);
    assertThat(empty.succeeded()).isTrue();
  }

  @Test
  void isEmptyAtOnceWhereNothingWasAsked() {
    assertThat(inFlight.whenEmpty().succeeded()).isTrue();
  }

  @Test
  void waitsForNoCallThatWasGivenUp() {
    var cancelled = begin(call("1", 10_000));
    var empty = inFlight.whenEmpty();
    inFlight.cancel("another");
    assertThat(cancelled.isComplete()).isFalse();
    inFlight.cancel("1");
    assertThat(cancelled.succeeded()).isTrue();
    assertThat(empty.succeeded()).isTrue();
  }

  @Test
  void givesUpWhatIsPastItsDeadlineAndNothingElse() {
    var late = begin(call("1", -1));
    var early = begin(call("2", 10_000));
    inFlight.cancelOverdue();
    assertThat(late.succeeded()).isTrue();
    assertThat(early.isComplete()).isFalse();
  }

  @Test
  void tellsNobodyThatAnAnsweredCallWasGivenUp() {
    var call = call("1", 10_000);
    var cancelled = begin(call);
    inFlight.end(call);
    inFlight.cancel("1");
    assertThat(cancelled.isComplete()).isFalse();
  }

  private Future<Void> begin(Call call) {
    var cancelled = Promise.<Void>promise();
    inFlight.begin(call, cancelled);
    return cancelled.future();
  }

  private static Call call(String id, long timeoutMillis) {
    return new Call(
        new Call.Target("tools/call", "wait"),
        Caller.LOCAL,
        new Call.Trail(id, "correlation-1", CallingGateway.ADDRESS),
        timeoutMillis,
        Buffer.buffer());
  }
}
