package io.umbel.gateway;

import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP+SSE transport of revision 2024-11-05, with messages to the other gateway. */
class SseTransportTest {

  private TwoGateways two;
  private EventClient stream;
  private String messages;

  @BeforeEach
  void start() {
    two = new TwoGateways();
    stream = new EventClient(Talk.to(two.a(), "/sse").GET().build());
    var endpoint = stream.next();
    assertThat(endpoint.name()).isEqualTo("endpoint");
    messages = endpoint.data();
    assertThat(messages).startsWith("/messages?sessionId=");
  }

  @AfterEach
  void stop() {
    two.close();
  }

  @Test
  void everythingComesOnTheStreamWhereverItWasPosted() {
    for (var port : List.of(two.a(), two.b())) {
      initialize(port);
      assertThat(post(port, Talk.message(1, "tools/list", new JsonObject()))).isEqualTo(202);
      assertThat(stream.message().getJsonObject("result").getJsonArray("tools").size())
          .isEqualTo(two.tools().toolNames().size());
      var params = tool("count").put("_meta", JsonObject.of("progressToken", "t"));
      assertThat(post(port, Talk.message(2, "tools/call", params))).isEqualTo(202);
      for (int step = 1; step <= 3; step++) {
        assertThat(stream.message().getJsonObject("params"))
            .isEqualTo(JsonObject.of("progressToken", "t", "progress", step, "total", 3));
      }
      assertThat(text(stream.message())).isEqualTo("counted");
    }
  }

  @Test
  void theClientIsAskedAndAnswersAtTheOtherGateway() {
    initialize(two.b());
    assertThat(post(two.b(), Talk.message(3, "tools/call", tool("ask")))).isEqualTo(202);
    var question = stream.message();
    assertThat(question.getString("method")).isEqualTo("elicitation/create");
    var answer = JsonObject.of("jsonrpc", "2.0", "id", question.getString("id"));
    assertThat(post(two.b(), answer.put("result", Talk.accepted("Ann")))).isEqualTo(202);
    assertThat(text(stream.message())).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void whatChangesIsTold() {
    initialize(two.a());
    post(two.b(), Talk.message(1, "resources/subscribe", JsonObject.of("uri", "talk://watched")));
    assertThat(stream.message().getJsonObject("result")).isEqualTo(new JsonObject());
    Talk.modern(two.b(), 1, "tools/call", tool("touch")).message();
    assertThat(stream.message().getString("method")).isEqualTo("notifications/resources/updated");
    var word = JsonObject.of("word", "grown-" + UUID.randomUUID());
    Talk.modern(two.b(), 1, "tools/call", tool("grow").put("arguments", word)).message();
    assertThat(stream.message().getString("method")).isEqualTo("notifications/tools/list_changed");
  }

  @Test
  void aMessageThatCannotBeReadIsAnsweredOnTheStream() {
    assertThat(post(two.b(), JsonObject.of("jsonrpc", "2.0"))).isEqualTo(202);
    assertThat(stream.message().getJsonObject("error").getInteger("code")).isEqualTo(-32600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/messages",
        "/messages?sessionId=",
        "/messages?sessionId=x",
        "/messages?sessionId=0123456789ab_0123456789abcdef0123456789abcdef"
      })
  void anUnknownConnectionIsNotFound(String path) {
    messages = path;
    assertThat(post(two.a(), Talk.message(1, "ping", new JsonObject()))).isEqualTo(404);
  }

  @Test
  void aConnectionThatIsClosedIsNotFoundAndLeavesNothing() {
    initialize(two.a());
    stream.close();
    two.awaitNothingHeld();
    assertThat(post(two.a(), Talk.message(1, "ping", new JsonObject()))).isEqualTo(404);
    assertThat(post(two.b(), Talk.message(1, "ping", new JsonObject()))).isEqualTo(404);
  }

  @Test
  void whatIsCancelledIsNotAnswered() throws InterruptedException {
    initialize(two.a());
    post(two.a(), Talk.message(7, "tools/call", tool("hold")));
    two.tools().begun.take();
    var cancelled = JsonObject.of("requestId", 7);
    post(two.b(), Talk.message(null, "notifications/cancelled", cancelled));
    assertThat(two.tools().givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo("hold");
    post(two.b(), Talk.message(8, "ping", new JsonObject()));
    assertThat(stream.message().getInteger("id")).isEqualTo(8);
  }

  @Test
  void aConnectionThatIsClosedGivesUpItsCallsAndQuestions() throws InterruptedException {
    initialize(two.a());
    post(two.b(), Talk.message(1, "tools/call", tool("ask_patiently")));
    assertThat(stream.message().getString("method")).isEqualTo("elicitation/create");
    post(two.a(), Talk.message(2, "tools/call", tool("hold")));
    two.tools().begun.take();
    stream.close();
    assertThat(List.of(
            two.tools().givenUp.poll(10, TimeUnit.SECONDS),
            two.tools().givenUp.poll(10, TimeUnit.SECONDS)))
        .containsExactlyInAnyOrder("hold", "ask_patiently");
    two.awaitNothingHeld();
  }

  @Test
  void whatWasAskedIsAnsweredBeforeItsGatewayEnds() throws InterruptedException {
    initialize(two.a());
    post(two.a(), Talk.message(1, "tools/call", tool("hold")));
    two.tools().begun.take();
    var listening = Talk.modern(two.a(), 1, "subscriptions/listen", new JsonObject());
    assertThat(listening.message().containsKey("method")).isTrue();
    var stopping = new Thread(two::stopA);
    stopping.start();
    assertThat(listening.message().containsKey("result")).isTrue();
    two.tools().release();
    assertThat(text(stream.message())).isEqualTo("released");
    assertThat(stream.ends()).isTrue();
    stopping.join(10_000);
    assertThat(stopping.isAlive()).isFalse();
    assertThat(post(two.b(), Talk.message(1, "ping", new JsonObject()))).isEqualTo(404);
  }

  private void initialize(int port) {
    assertThat(post(port, Talk.initializeMessage("2024-11-05", Talk.everything())))
        .isEqualTo(202);
    assertThat(stream.message().getJsonObject("result").getString("protocolVersion"))
        .isEqualTo("2024-11-05");
  }

  private int post(int port, JsonObject message) {
    return new EventClient(Talk.to(port, messages).POST(Talk.body(message)).build()).status();
  }
}
