package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ProviderTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);

  @BeforeEach
  void listen() {
    node.deploy(listener);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void announcesItselfToWhoeverBeginsToListenLater() {
    node.deploy(new EchoingProvider());
    var there = listener.nextArrival();
    var late = new Listener();
    node.deploy(late);
    assertThat(late.nextArrival()).isEqualTo(there);
  }

  @Test
  void announcesItselfUnderAnIdOfItsOwnEachTime() {
    node.deploy(new EchoingProvider());
    node.deploy(new EchoingProvider());
    assertThat(listener.nextArrival().instance())
        .isNotEqualTo(listener.nextArrival().instance());
  }

  @Test
  void answersNoRollCallOfAStranger() {
    node.deploy(new EchoingProvider());
    var there = listener.nextArrival();
    var heard = new java.util.concurrent.LinkedBlockingQueue<String>();
    node.vertx()
        .eventBus()
        .consumer(
            Bus.ANNOUNCE, (Message<Buffer> said) -> heard.add(said.headers().get(Header.OP)))
        .completion()
        .await();
    node.vertx().eventBus().publish(Bus.ROLL_CALL, Buffer.buffer());
    node.vertx().eventBus().publish(Bus.ROLL_CALL, "who is here?");
    gateway.ping(there).await();
    assertThat(heard).isEmpty();
    new SignedMessage(node.node())
        .publish(node.vertx(), Bus.ROLL_CALL, "roll-call", "x", Buffer.buffer());
    gateway.ping(there).await();
    assertThat(heard).containsExactly("announce");
  }

  @ParameterizedTest
  @ValueSource(strings = {"progress", "sing", ""})
  void refusesAnOperationItDoesNotKnow(String op) {
    node.deploy(new EchoingProvider());
    var options = new DeliveryOptions().addHeader(Header.OP, op);
    var outcome =
        gateway.request(listener.nextArrival(), Buffer.buffer(), options).await();
    assertThat(outcome)
        .isEqualTo(new ProtocolError(-32601, "This provider does not know that operation", null));
  }

  @Test
  void refusesAMessageThatNamesNoOperation() {
    node.deploy(new EchoingProvider());
    var there = listener.nextArrival();
    var outcome = gateway.request(there, Buffer.buffer(), new DeliveryOptions()).await();
    assertThat(((ProtocolError) outcome).code()).isEqualTo(-32601);
  }

  @Test
  void answersACallWhoseTimeoutCannotBeRead() {
    node.deploy(new EchoingProvider());
    var there = listener.nextArrival();
    var call = gateway.newCall("echo", new JsonObject());
    var seal = new CallerSeal(node.node().secret(), node.clock());
    var options = call.toHeaders(seal.seal(call.caller(), "echoing"));
    options.getHeaders().set(Header.TIMEOUT, "soon");
    assertThat(gateway.request(there, call.params(), options).await()).isInstanceOf(Result.class);
  }

  @Test
  void answersWithWhatFitsAMessage() {
    node.deploy(new EchoingProvider());
    var there = listener.nextArrival();
    var largest = Buffer.buffer(new byte[Bus.MAX_MESSAGE_BYTES]);
    assertThat(gateway.send(there, echo(largest)).await())
        .isEqualTo(new Result(largest, null, null));
    var tooLarge =
        (Result) gateway.send(there, echo(largest.appendByte((byte) 0))).await();
    assertThat(tooLarge.failure()).isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(tooLarge.json().toString()).contains("1048577 bytes; at most 1048576");
  }

  @Test
  void doesNotStartWhereItsPreparationFails() {
    assertThatThrownBy(() -> node.deploy(new UnpreparedProvider())).hasMessage("no database");
    assertThat(listener.present()).isEmpty();
  }

  @Test
  void needsANode() {
    var vertx = io.vertx.core.Vertx.vertx();
    assertThatThrownBy(() -> vertx.deployVerticle(new EchoingProvider()).await())
        .hasMessageStartingWith("No node is installed here");
    vertx.close().await();
  }

  @Test
  void asksTheGatewayThatHoldsTheCallWhatItsCallerMaySee() {
    var heard = new java.util.concurrent.LinkedBlockingQueue<Message<Buffer>>();
    node.vertx()
        .eventBus()
        .consumer(CallingGateway.ADDRESS, (Message<Buffer> question) -> {
          heard.add(question);
          question.reply(Buffer.buffer("{\"total\":7}"));
        })
        .completion()
        .await();
    var provider = new EchoingProvider();
    node.deploy(provider);
    var call = gateway.newCall("echo", new JsonObject());
    var answer = provider.askCatalog(call, new JsonObject().put("query", "x")).await();
    var question = heard.remove();
    var seal = new CallerSeal(node.node().secret(), node.clock());
    assertThat(answer).isEqualTo(new JsonObject().put("total", 7));
    assertThat(question.body().toString()).isEqualTo("{\"query\":\"x\"}");
    assertThat(question.headers().get(Header.OP)).isEqualTo("catalog");
    assertThat(question.headers().get(Header.CORRELATION))
        .isEqualTo(call.trail().correlationId());
    assertThat(seal.open(question.headers().get(Header.CALLER), Bus.GATEWAY))
        .isEqualTo(CallingGateway.CALLER);
  }

  private Call echo(Buffer params) {
    var call = gateway.newCall("echo", new JsonObject());
    return new Call(call.target(), call.caller(), call.trail(), 10_000, params);
  }

  /** Answers with the bytes it is asked with. */
  private static class EchoingProvider extends Provider {
    @Override
    protected String name() {
      return "echoing";
    }

    @Override
    protected Offers offers() {
      return Offers.ofTools(List.of());
    }

    @Override
    protected Future<Outcome> answer(Conversation conversation) {
      return Future.succeededFuture(new Result(conversation.call().params(), null, null));
    }
  }

  /** Cannot do what it must do first. */
  private static final class UnpreparedProvider extends EchoingProvider {
    @Override
    protected Future<?> prepare() {
      return Future.failedFuture("no database");
    }
  }
}
