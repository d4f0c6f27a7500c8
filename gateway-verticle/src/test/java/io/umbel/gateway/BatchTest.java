package io.umbel.gateway;

import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages in one, which revision 2025-03-26 has and no other. */
class BatchTest {

  private static TwoGateways two;

  @BeforeAll
  static void start() {
    two = new TwoGateways();
  }

  @AfterAll
  static void stop() {
    two.awaitNothingHeld();
    two.close();
  }

  @Test
  void answersComeInTheOrderOfTheirRequests() {
    var batch = JsonArray.of(
        Talk.message(1, "tools/call", tool("count")),
        Talk.message(null, "notifications/initialized", new JsonObject()),
        Talk.message("1", "ping", new JsonObject()),
        7,
        Talk.message(2, "no/such", new JsonObject()),
        Talk.message(3, "initialize", new JsonObject()),
        Talk.message(4, "tools/call", tool("ask")));
    var answers =
        new JsonArray(post(session("2025-03-26"), batch.encode()).next().data());
    assertThat(answers.stream().map(answer -> ((JsonObject) answer).getValue("id")))
        .containsExactly(1, "1", null, 2, 3, 4);
    assertThat(text(answers.getJsonObject(0))).isEqualTo("counted");
    assertThat(answers.getJsonObject(1).getJsonObject("result")).isEqualTo(new JsonObject());
    assertThat(code(answers.getJsonObject(2))).isEqualTo(-32600);
    assertThat(code(answers.getJsonObject(3))).isEqualTo(-32601);
    assertThat(code(answers.getJsonObject(4))).isEqualTo(-32600);
    assertThat(text(answers.getJsonObject(5))).contains("event stream");
  }

  @Test
  void onlyNotificationsAreTakenNoteOf() {
    var told = Talk.message(null, "notifications/initialized", new JsonObject());
    var client = post(session("2025-03-26"), JsonArray.of(told, told).encode());
    assertThat(client.status()).isEqualTo(202);
    assertThat(client.ends()).isTrue();
  }

  @Test
  void oneOfThemIsCancelledForItself() throws InterruptedException {
    var session = session("2025-03-26");
    var batch = JsonArray.of(
        Talk.message(1, "tools/call", tool("hold")), Talk.message(2, "tools/call", tool("hold")));
    var client = post(session, batch.encode());
    assertThat(two.tools().begun.poll(10, TimeUnit.SECONDS)).isEqualTo("hold");
    assertThat(two.tools().begun.poll(10, TimeUnit.SECONDS)).isEqualTo("hold");
    two.tools().release();
    var cancelled = Talk.message(null, "notifications/cancelled", JsonObject.of("requestId", 2));
    assertThat(Talk.legacy(two.b(), session, cancelled).status()).isEqualTo(202);
    var answers = new JsonArray(client.next().data());
    assertThat(text(answers.getJsonObject(0))).isEqualTo("released");
    assertThat(answers).hasSize(1);
    two.tools().release();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2025-06-18", "2025-11-25"})
  void otherRevisionsHaveNone(String revision) {
    var client = post(session(revision), "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]");
    assertThat(client.status()).isEqualTo(400);
    assertThat(code(client.message())).isEqualTo(-32600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[", "[1", "[{}", " [{\"jsonrpc\":\"2.0\"},", "[{]}"})
  void whatIsNoArrayOfMessagesIsRefused(String body) {
    var client = post(session("2025-03-26"), body);
    assertThat(client.status()).isEqualTo(400);
    assertThat(code(client.message())).isIn(-32600, -32700);
  }

  private static int code(JsonObject answer) {
    return answer.getJsonObject("error").getInteger("code");
  }

  private static String session(String revision) {
    return Talk.initialize(two.a(), revision, Talk.everything());
  }

  private static EventClient post(String session, String body) {
    var request = Talk.to(two.a(), "/mcp").header("Mcp-Session-Id", session);
    return new EventClient(request.POST(BodyPublishers.ofString(body)).build());
  }
}
