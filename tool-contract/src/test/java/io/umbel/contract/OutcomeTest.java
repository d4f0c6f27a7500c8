package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Outcome.InputRequired;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OutcomeTest {

  private static final String ADDRESS = "umbel.test";

  private final LoneNode node = new LoneNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void carriesAResultByteByByte() {
    var json = Buffer.buffer("{ \"content\" : [],  \"n\": 1.50, \"twice\":1, \"twice\":2 }");
    var result = new Result(json, "{\"stale\":true}", null);
    assertThat(carried(result)).isEqualTo(result);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void carriesWhyAToolFailed(ErrorCode code) {
    var result = new Result(Buffer.buffer("{}"), null, code);
    assertThat(carried(result)).isEqualTo(result);
  }

  @Test
  void carriesAProtocolErrorWithAndWithoutData() {
    var bare = new ProtocolError(-32602, "Unknown tool: x", null);
    var full = new ProtocolError(-32002, "Gone", new JsonObject().put("uri", "app://x"));
    assertThat(carried(bare)).isEqualTo(bare);
    assertThat(carried(full)).isEqualTo(full);
  }

  @Test
  void carriesThatTheUserMustAnswerFirst() {
    var json = Buffer.buffer("{\"inputRequests\":{},\"requestState\":\"t\"}");
    assertThat(carried(new InputRequired(json, "t"))).isEqualTo(new InputRequired(json, "t"));
    assertThat(carried(new InputRequired(json, null))).isEqualTo(new InputRequired(json, null));
  }

  @Test
  void foldsToOneOfThree() {
    assertThat(folded(new Result(Buffer.buffer(), null, null))).isEqualTo("result");
    assertThat(folded(new ProtocolError(1, "", null))).isEqualTo("error");
    assertThat(folded(new InputRequired(Buffer.buffer(), null))).isEqualTo("input");
  }

  @Test
  void readsAFailureOfALaterVersionAsInternal() {
    var headers = new DeliveryOptions()
        .addHeader(Header.OUTCOME, "result")
        .addHeader(Header.FAILURE, "TOO_TIRED");
    assertThat(replied(Buffer.buffer("{}"), headers))
        .isEqualTo(new Result(Buffer.buffer("{}"), null, ErrorCode.INTERNAL));
  }

  @Test
  void readsAnOutcomeOfALaterVersionAsAnInternalError() {
    var headers = new DeliveryOptions().addHeader(Header.OUTCOME, "postponed");
    assertThat(replied(Buffer.buffer("{}"), headers)).isInstanceOf(ProtocolError.class);
    assertThat(((ProtocolError) replied(Buffer.buffer("{}"), headers)).code()).isEqualTo(-32603);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{}", "{\"code\":\"1\"}", "{\"code\":1,\"data\":2}"})
  void readsAnErrorThatCannotBeReadAsAnInternalError(String body) {
    var headers = new DeliveryOptions().addHeader(Header.OUTCOME, "error");
    var error = (ProtocolError) replied(Buffer.buffer(body), headers);
    assertThat(error.code()).isEqualTo(-32603);
    assertThat(error.message()).isNotBlank();
  }

  @Test
  void readsAReplyThatIsNoOutcomeAsAnInternalError() {
    var error = (ProtocolError) replied(Buffer.buffer("{}"), new DeliveryOptions());
    assertThat(error.code()).isEqualTo(-32603);
  }

  private Outcome carried(Outcome outcome) {
    return askedOf(outcome::reply);
  }

  private Outcome replied(Buffer body, DeliveryOptions headers) {
    return askedOf(call -> call.reply(body, headers));
  }

  private Outcome askedOf(Handler<Message<Buffer>> provider) {
    var consumer = node.vertx().eventBus().consumer(ADDRESS, provider);
    consumer.completion().await();
    var reply = node.vertx().eventBus().<Buffer>request(ADDRESS, Buffer.buffer());
    var outcome = reply.map(Outcome::of).onComplete(done -> consumer.unregister());
    return outcome.await();
  }

  private static String folded(Outcome outcome) {
    return outcome.fold(result -> "result", error -> "error", input -> "input");
  }
}
