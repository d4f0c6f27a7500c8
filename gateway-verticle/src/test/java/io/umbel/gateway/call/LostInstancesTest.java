package io.umbel.gateway.call;

import static io.umbel.gateway.call.RunningProviderBus.isUpstreamError;
import static io.umbel.gateway.call.RunningProviderBus.result;
import static io.umbel.gateway.call.RunningProviderBus.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Outcome;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call whose instance says goodbye, or whose node leaves the cluster. */
@Timeout(30)
class LostInstancesTest {

  private static final String NOT_KNOWN =
      "The node that ran %s is gone; whether the call took effect is not known";

  private final RunningProviderBus bus = new RunningProviderBus();

  @AfterEach
  void close() {
    bus.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "repeat"})
  void whatCanBeRepeatedIsRepeatedElsewhereWhenItsNodeLeaves(String tool) throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var answer = bus.ask(tool);
    var lost = a.next(Op.CALL);
    bus.leave("node-a");
    var repeated = b.next(Op.CALL);
    assertThat(repeated.headers().get(Header.CALL)).isEqualTo(lost.headers().get(Header.CALL));
    assertThat(Long.parseLong(repeated.headers().get(Header.TIMEOUT))).isBetween(1L, 10_000L);
    lost.reply(Buffer.buffer("{\"late\":1}"), result());
    repeated.reply(Buffer.buffer("{\"once\":1}"), result());
    assertThat(((Outcome.Result) answer.await()).json().toString()).isEqualTo("{\"once\":1}");
  }

  @Test
  void whatMayHaveTakenEffectEndsAtOnceWhenItsNodeLeaves() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var answer = bus.ask("write");
    a.next(Op.CALL);
    bus.leave("node-a");
    isUpstreamError(answer, NOT_KNOWN.formatted("write"));
    assertThat(b.wasSentNothingElse()).isTrue();
  }

  @Test
  void nothingIsRepeatedOnTheNodeThatLeft() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    new PatientInstance(bus.vertx(), "b", "node-a").listening();
    var answer = bus.ask("read");
    a.next(Op.CALL);
    bus.leave("node-a");
    isUpstreamError(answer, NOT_KNOWN.formatted("read"));
  }

  @Test
  void whatIsRepeatedIsRepeatedOnce() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var c = new PatientInstance(bus.vertx(), "c", "node-c").listening();
    var answer = bus.ask("read");
    a.next(Op.CALL);
    bus.leave("node-a");
    b.next(Op.CALL);
    bus.leave("node-b");
    isUpstreamError(answer, NOT_KNOWN.formatted("read"));
    assertThat(c.wasSentNothingElse()).isTrue();
  }

  @Test
  void anotherNodeThatLeavesDisturbsNothing() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var answer = bus.ask("write");
    bus.leave("node-b");
    a.answer("a");
    assertThat(text(answer)).isEqualTo("a");
  }

  @Test
  void anInstanceThatSaidGoodbyeStillAnswersWhatItWasAsked() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var before = bus.ask("write");
    a.sayGoodbye();
    var after = bus.ask("write");
    b.answer("b");
    assertThat(text(after)).isEqualTo("b");
    a.answer("a");
    assertThat(text(before)).isEqualTo("a");
  }

  @Test
  void anInstanceThatSaidGoodbyeAndWhoseNodeThenLeavesAnswersNoMore() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var writing = bus.ask("write");
    var reading = bus.ask("read");
    a.next(Op.CALL);
    a.next(Op.CALL);
    a.sayGoodbye();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    bus.leave("node-a");
    isUpstreamError(writing, NOT_KNOWN.formatted("write"));
    b.answer("b");
    assertThat(text(reading)).isEqualTo("b");
  }
}
