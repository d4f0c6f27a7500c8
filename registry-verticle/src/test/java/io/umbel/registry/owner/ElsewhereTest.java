package io.umbel.registry.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.InputRequired;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ElsewhereTest {

  private static final JsonObject CAN_FILL_FORMS = new JsonObject()
      .put(
          "io.modelcontextprotocol/clientCapabilities",
          new JsonObject().put("elicitation", new JsonObject()));

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private final CallerSeal seal = new CallerSeal(node.node().secret(), node.clock());
  private final PassingRegistry first = new PassingRegistry();
  private final PassingRegistry second = new PassingRegistry();
  private Announcement atFirst;

  @BeforeEach
  void deploy() {
    node.deploy(listener);
    node.deploy(first);
    atFirst = listener.nextArrival();
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void answersHereWhatIsOwnedHere() {
    assertThat(text(send(server(), "")).await()).isEqualTo("done by " + first.id());
  }

  @Test
  void hasTheOwnerAnswer() {
    assertThat(text(send(serverOfSecond(), "")).await()).isEqualTo("done by " + second.id());
  }

  @Test
  void saysThatItWasPassedOnWithTheSameIdCorrelationAndGateway() {
    var call = call(serverOfSecond(), "nothing");
    gateway.send(atFirst, call);
    var there = second.begun();
    assertThat(there.isPassedOn()).isTrue();
    assertThat(there.call().trail()).isEqualTo(call.trail());
    assertThat(there.call().caller()).isEqualTo(call.caller());
    assertThat(there.call().timeoutMillis()).isBetween(1L, call.timeoutMillis());
  }

  @Test
  void asksTheClientWhatTheOwnerAsks() {
    var call = call(serverOfSecond(), "ask");
    var asked = (InputRequired) gateway.send(atFirst, call).await();
    assertThat(asked.json().toJsonObject().getJsonObject("inputRequests").getJsonObject("who"))
        .isEqualTo(new JsonObject()
            .put("method", "elicitation/create")
            .put(
                "params",
                new JsonObject()
                    .put("mode", "form")
                    .put("message", "Who?")
                    .put("requestedSchema", new JsonObject())));
    var again = (InputRequired) resume(call, asked, "accept").await();
    assertThat(text(resume(call, again, "decline")).await())
        .isEqualTo("accept then decline by " + second.id());
  }

  @Test
  void usesAnswersThatCameWithTheCallForTheFirstQuestionsOnly() {
    var call = call(serverOfSecond(), "ask");
    var begunAgain = call.with(answering(call, "accept").toBuffer());
    var asked = (InputRequired) gateway.send(atFirst, begunAgain).await();
    assertThat(text(resume(call, asked, "decline")).await())
        .isEqualTo("accept then decline by " + second.id());
  }

  @Test
  void endsACallThatWasGivenUp() {
    var call = call(serverOfSecond(), "nothing");
    var answer = gateway.send(atFirst, call);
    var there = second.begun();
    gateway.cancel(atFirst, call);
    there.cancelled().await();
    assertThat(answer.await()).isInstanceOf(ProtocolError.class);
  }

  @Test
  void endsAParkedCallThatWasGivenUp() {
    var call = call(serverOfSecond(), "ask");
    var asked = (InputRequired) gateway.send(atFirst, call).await();
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.CANCEL.word())
        .addHeader(Header.CALL, call.trail().id())
        .addHeader(Header.PARKED, asked.parked());
    node.vertx().eventBus().send(atFirst.instance().address(), Buffer.buffer(), options);
    second.begun().cancelled().await();
  }

  @Test
  void failsAtOnceWhereTheOwnersNodeIsLost() {
    var answer = send(serverOfSecond(), "nothing");
    second.begun();
    loseTheNode();
    assertThat(((Result) answer.await()).failure()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(message(answer))
        .isEqualTo("The node that ran it is gone; whether the call took effect is not known");
  }

  @Test
  void promptsAndReadsFailWithAnError() {
    var params = new JsonObject().put("arguments", new JsonObject().put("do", "nothing"));
    var server = serverOfSecond();
    for (var method : List.of("prompts/get", "resources/read")) {
      var call = gateway.newCall(new Call.Target(method, server.toString()), params).within(300);
      var headers =
          call.toHeaders(seal.seal(call.caller(), "registry")).setSendTimeout(10_000);
      var outcome = gateway.request(atFirst, call.params(), headers).await();
      assertThat(((ProtocolError) outcome).code()).as(method).isEqualTo(-32603);
      assertThat(((ProtocolError) outcome).message())
          .startsWith("The node that runs it did not answer within ");
      assertThat(((ProtocolError) outcome).data())
          .isEqualTo(new JsonObject().put("error", "UPSTREAM_TIMEOUT"));
    }
  }

  @Test
  void makesARepeatableCallAgainWhereTheOwnersNodeIsLost() {
    gateway.send(atFirst, call(serverOfSecond(), "repeatable nothing"));
    second.begun();
    loseTheNode();
    assertThat(first.begun().isPassedOn()).isFalse();
  }

  @Test
  void takesOverFromAnOwnerThatNobodyReaches() {
    var gone = new Instance("registry", "gone", "node-2", "1");
    var server = serverOf(gone);
    assertThat(text(send(server, "")).await()).isEqualTo("done by " + first.id());
  }

  @Test
  void asksAgainWhileTheOwnerDoesNotKnowYetThatItIs() {
    var slow = new Instance("registry", "slow", "node-2", "1");
    var asked = new AtomicInteger();
    node.vertx().eventBus().<Buffer>consumer(slow.address(), message -> {
      var knows = asked.incrementAndGet() > 1;
      answer(message, knows);
    });
    assertThat(((ProtocolError) send(serverOf(slow), "").await()).code()).isEqualTo(-1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void doesNothingWithWhatWasPassedOnAndIsNotItsOwn() {
    var server = serverOfSecond();
    var call = call(server, "");
    var headers = call.toHeaders(seal.seal(call.caller(), "registry"));
    headers.addHeader(Header.PASSED, "yes");
    var outcome = gateway.request(atFirst, call.params(), headers).await();
    assertThat(((ProtocolError) outcome).code()).isEqualTo(-32099);
  }

  @Test
  void saysThatTheOwnerDidNotAnswerInTime() {
    var call = call(serverOfSecond(), "nothing").within(300);
    var headers = call.toHeaders(seal.seal(call.caller(), "registry")).setSendTimeout(10_000);
    var outcome = (Result) gateway.request(atFirst, call.params(), headers).await();
    assertThat(outcome.failure()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    second.begun().cancelled().await();
  }

  @Test
  void hasTheOwnerDoWhatOnlyItCan() {
    assertThat(manage(serverOfSecond()).await())
        .isEqualTo(new JsonObject().put("by", second.id()).put("for", "ann"));
    assertThat(manage(server()).await().getString("for")).isEqualTo("ann");
  }

  @Test
  void saysThatTheOwnerDidNotDoIt() {
    var gone = new Instance("registry", "gone", "node-2", "1");
    assertThat(
            manage(serverOf(gone)).map("done").otherwise(Throwable::getMessage).await())
        .contains("Internal error");
  }

  private static void answer(Message<Buffer> message, boolean knows) {
    new ProtocolError(knows ? -1 : -32099, "", null).reply(message);
  }

  private void loseTheNode() {
    node.vertx().eventBus().publish(Bus.NODE_LEFT, "local");
  }

  private UUID serverOfSecond() {
    node.deploy(second);
    listener.nextArrival();
    return Stream.generate(UUID::randomUUID)
        .filter(server -> second.owns(server) && !first.owns(server))
        .findFirst()
        .orElseThrow();
  }

  /** One that this instance is believed to own, once the first registry has heard of it. */
  private UUID serverOf(Instance instance) {
    var body = new Announcement(instance, Traits.NONE, Offers.NONE).toBuffer();
    new SignedMessage(node.node())
        .publish(node.vertx(), Bus.ANNOUNCE, "announce", instance.id(), body);
    listener.nextArrival();
    return Stream.generate(UUID::randomUUID)
        .filter(server -> !first.owns(server))
        .findFirst()
        .orElseThrow();
  }

  private static UUID server() {
    return UUID.randomUUID();
  }

  private Future<Outcome> send(UUID server, String what) {
    return gateway.send(atFirst, call(server, what));
  }

  private Call call(UUID server, String what) {
    var call = gateway.newCall(server.toString(), new JsonObject().put("do", what));
    return call.with(call.params().toJsonObject().put("_meta", CAN_FILL_FORMS).toBuffer());
  }

  private Future<Outcome> resume(Call call, InputRequired asked, String action) {
    var back = gateway.newCall(call.target(), answering(call, action));
    var headers = back.toHeaders(seal.seal(back.caller(), "registry"));
    headers.getHeaders().set(Header.OP, Op.RESUME.word());
    return gateway.request(
        atFirst, back.params(), headers.addHeader(Header.PARKED, asked.parked()));
  }

  private static JsonObject answering(Call call, String action) {
    var answers = new JsonObject().put("who", new JsonObject().put("action", action));
    return call.params().toJsonObject().put("inputResponses", answers);
  }

  private Future<JsonObject> manage(UUID server) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(CallingGateway.CALLER, "registry"));
    var body = new JsonObject().put("operation", "scan").put("id", server.toString());
    return gateway
        .request(atFirst, body.toBuffer(), options)
        .map(outcome -> outcome.fold(
            result -> result.json().toJsonObject(),
            error -> {
              throw new IllegalStateException(error.message());
            },
            input -> null));
  }

  private static Future<String> text(Future<Outcome> answer) {
    return answer.map(outcome -> ((Result) outcome)
        .json()
        .toJsonObject()
        .getJsonArray("content")
        .getJsonObject(0)
        .getString("text"));
  }

  private static String message(Future<Outcome> answer) {
    return ((Result) answer.await())
        .json()
        .toJsonObject()
        .getJsonObject("structuredContent")
        .getJsonObject("error")
        .getString("message");
  }
}
