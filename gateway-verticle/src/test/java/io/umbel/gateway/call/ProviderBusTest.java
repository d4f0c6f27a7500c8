package io.umbel.gateway.call;

import static io.umbel.gateway.call.RunningProviderBus.error;
import static io.umbel.gateway.call.RunningProviderBus.isUpstreamError;
import static io.umbel.gateway.call.RunningProviderBus.result;
import static io.umbel.gateway.call.RunningProviderBus.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Outcome;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which instance is asked, and how a call ends that is not answered. */
@Timeout(30)
class ProviderBusTest {

  private static final String GONE = "No node runs %s at the moment; try again shortly";

  private final RunningProviderBus bus = new RunningProviderBus();

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void aCallTravelsWithWhatTheHouseDecidedOn() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var answer = bus.ask("write");
    var message = a.next(Op.CALL);
    assertThat(message.body().toString()).isEqualTo("{\"name\":\"write\"}");
    assertThat(message.headers().get(Header.METHOD)).isEqualTo("tools/call");
    assertThat(message.headers().get(Header.NAME)).isEqualTo("write");
    assertThat(message.headers().get(Header.CALL)).isEqualTo("call-1");
    assertThat(message.headers().get(Header.CORRELATION)).isEqualTo("correlation");
    assertThat(message.headers().get(Header.GATEWAY)).isEqualTo("umbel.gateway@test");
    assertThat(message.headers().get(Header.TIMEOUT)).isEqualTo("10000");
    var seal = new CallerSeal(RunningProviderBus.SECRET, Clock.systemUTC());
    assertThat(seal.open(message.headers().get(Header.CALLER), "patient")).isEqualTo(Caller.LOCAL);
    message.reply(Buffer.buffer("{}"), new DeliveryOptions().addHeader(Header.OUTCOME, "result"));
    assertThat(((Outcome.Result) answer.await()).json().toString()).isEqualTo("{}");
  }

  @Test
  void theInstanceWithTheFewestCallsWaitingIsAsked() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var first = bus.ask("write");
    var second = bus.ask("write");
    var third = bus.ask("write");
    b.answer("b");
    assertThat(text(second)).isEqualTo("b");
    var fourth = bus.ask("write");
    b.answer("b again");
    assertThat(text(fourth)).isEqualTo("b again");
    a.answer("a");
    assertThat(text(first)).isEqualTo("a");
    a.answer("a again");
    assertThat(text(third)).isEqualTo("a again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "repeat", "write"})
  void aCallThatNobodyTookIsMadeElsewhereWhateverItIs(String tool) throws Exception {
    var nobody = new PatientInstance(bus.vertx(), "a", "node-a");
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var answer = bus.ask(tool);
    b.answer("b");
    assertThat(text(answer)).isEqualTo("b");
    nobody.listening();
    var next = bus.ask(tool);
    b.answer("b");
    assertThat(text(next)).isEqualTo("b");
    assertThat(nobody.wasSentNothingElse()).isTrue();
  }

  /** A clustered bus finds out only after a look-up, by which time the call is on its way. */
  @Test
  void aCallThatTurnsOutToHaveNobodyToTakeItIsMadeElsewhere() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var b = new PatientInstance(bus.vertx(), "b", "node-b").listening();
    var first = bus.ask("write");
    var second = bus.ask("write");
    var third = bus.ask("write");
    a.next(Op.CALL).reply(new ReplyException(ReplyFailure.NO_HANDLERS, "nobody"));
    b.answer("second");
    assertThat(text(second)).isEqualTo("second");
    b.answer("first");
    assertThat(text(first)).isEqualTo("first");
    a.answer("third, taken before");
    assertThat(text(third)).isEqualTo("third, taken before");
  }

  @Test
  void aCallThatNobodyAnywhereTakesFailsAtOnce() {
    new PatientInstance(bus.vertx(), "a", "node-a");
    new PatientInstance(bus.vertx(), "b", "node-b");
    isUpstreamError(bus.ask("read"), GONE.formatted("read"));
    assertThat(bus.visible()).isEmpty();
  }

  @Test
  void aCallThatIsNotAnsweredInTimeIsGivenUp() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var answer = bus.ask("write", 50, RunningProviderBus.NEVER);
    var call = a.next(Op.CALL);
    var error = error(answer);
    assertThat(error.getString("code")).isEqualTo("UPSTREAM_TIMEOUT");
    assertThat(error.getString("message")).isEqualTo("write did not answer within 50 ms");
    assertThat(error.getBoolean("retryable")).isTrue();
    assertThat(a.next(Op.CANCEL).headers().get(Header.CALL))
        .isEqualTo(call.headers().get(Header.CALL));
  }

  @Test
  void aCallThatItsClientGivesUpIsCancelledWhereItIs() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var cancelled = Promise.<Void>promise();
    var answer = bus.ask("write", 10_000, cancelled.future());
    var call = a.next(Op.CALL);
    bus.run(cancelled::complete);
    assertThatThrownBy(answer::await)
        .isInstanceOf(McpException.class)
        .hasMessage("Request cancelled");
    assertThat(a.next(Op.CANCEL).headers().get(Header.CALL))
        .isEqualTo(call.headers().get(Header.CALL));
  }

  @Test
  void anAnswerThatCannotBeReadIsAFailureAndNotSilence() throws Exception {
    var a = new PatientInstance(bus.vertx(), "a", "node-a").listening();
    var text = bus.ask("read");
    a.next(Op.CALL).reply("text", result());
    assertThatThrownBy(text::await).isInstanceOf(ClassCastException.class);
    a.next(Op.CANCEL);
    var refused = bus.ask("read");
    a.next(Op.CALL).fail(403, "no");
    assertThatThrownBy(refused::await).hasMessage("no");
  }
}
