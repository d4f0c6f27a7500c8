package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client with a session is asked on the stream of its call, and answers at any gateway. */
class AskingSessionsTest {

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

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void theAnswerMayArriveAtEitherGateway(String revision) {
    var session = Talk.initialize(two.a(), revision, Talk.everything());
    for (var port : List.of(two.a(), two.b())) {
      var stream = Talk.legacy(two.a(), session, 7, "tools/call", tool("ask"));
      var question = stream.message();
      assertThat(question.getString("method")).isEqualTo("elicitation/create");
      assertThat(answer(port, session, question, accepted("Ann"))).isEqualTo(202);
      var answer = stream.message();
      assertThat(answer.getInteger("id")).isEqualTo(7);
      assertThat(text(answer)).isEqualTo("{\"name\":\"Ann\"}");
      assertThat(stream.ends()).isTrue();
    }
  }

  @Test
  void aToolMayAskTwiceAndThreeThingsAtOnce() {
    var session = Talk.initialize(two.b());
    var stream = Talk.legacy(two.a(), session, 1, "tools/call", tool("ask_twice"));
    answer(two.b(), session, stream.message(), accepted("1"));
    answer(two.a(), session, stream.message(), accepted("2"));
    assertThat(text(stream.message())).isEqualTo("{\"name\":\"1\"}{\"name\":\"2\"}");
    var three = Talk.legacy(two.b(), session, 2, "tools/call", tool("ask_three"));
    for (int i = 0; i < 3; i++) {
      var question = three.message();
      answer(i == 0 ? two.b() : two.a(), session, question, reply(question));
    }
    assertThat(text(three.message())).isEqualTo("{\"name\":\"Ann\"}-Hi-1");
  }

  @ParameterizedTest
  @CsvSource({"prompts/get,name,asking", "resources/read,uri,talk://asking"})
  void promptsAndResourcesAskToo(String method, String member, String name) {
    var session = Talk.initialize(two.a());
    var stream = Talk.legacy(two.a(), session, 1, method, JsonObject.of(member, name));
    answer(two.b(), session, stream.message(), accepted("Ann"));
    assertThat(stream.message().getJsonObject("result").encode()).contains("Ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"result\":\"x\"", "\"result\":[1]", "\"result\":7"})
  void whatIsNoResultIsAskedAgain(String member) {
    var session = Talk.initialize(two.a());
    for (var port : List.of(two.a(), two.b())) {
      var stream = Talk.legacy(two.a(), session, 1, "tools/call", tool("ask"));
      var id = stream.message().getString("id");
      var invalid = new JsonObject("{\"jsonrpc\":\"2.0\"," + member + "}").put("id", id);
      assertThat(Talk.legacy(port, session, invalid).status()).isEqualTo(202);
      var again = stream.message();
      assertThat(again.getString("method")).isEqualTo("elicitation/create");
      answer(port, session, again, accepted("Ann"));
      assertThat(text(stream.message())).isEqualTo("{\"name\":\"Ann\"}");
    }
  }

  @Test
  void anErrorOfTheClientIsNoAcceptedForm() {
    var session = Talk.initialize(two.a());
    var stream = Talk.legacy(two.a(), session, 1, "tools/call", tool("ask"));
    var error = JsonObject.of("code", -32603, "message", "no");
    var refusal = JsonObject.of("jsonrpc", "2.0", "id", stream.message().getString("id"));
    assertThat(Talk.legacy(two.b(), session, refusal.put("error", error)).status())
        .isEqualTo(202);
    assertThat(text(stream.message())).isEqualTo("declined");
  }

  @Test
  void anotherSessionCannotAnswer() {
    var session = Talk.initialize(two.a());
    var other = Talk.initialize(two.a());
    var stream = Talk.legacy(two.a(), session, 1, "tools/call", tool("ask"));
    var question = stream.message();
    assertThat(answer(two.a(), other, question, accepted("Eve"))).isEqualTo(202);
    assertThat(answer(two.b(), other, question, accepted("Eve"))).isEqualTo(202);
    answer(two.b(), session, question, accepted("Ann"));
    assertThat(answer(two.b(), session, question, accepted("Bob"))).isEqualTo(202);
    assertThat(text(stream.message())).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void whoCannotBeAskedIsToldInBand() {
    var session = Talk.initialize(two.a(), "2025-11-25", new JsonObject());
    var client = Talk.legacy(two.b(), session, 1, "tools/call", tool("ask"));
    assertThat(client.status()).isEqualTo(200);
    var error = client.message().getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(-32021);
    assertThat(error.getJsonObject("data"))
        .isEqualTo(
            JsonObject.of("requiredCapabilities", JsonObject.of("elicitation", new JsonObject())));
  }

  @Test
  void whoAcceptsNoStreamIsToldAtOnce() throws InterruptedException {
    var session = Talk.initialize(two.a());
    var request = Talk.to(two.a(), "/mcp").setHeader("Accept", "application/json");
    request.header("Mcp-Session-Id", session);
    request.POST(Talk.body(Talk.message(1, "tools/call", tool("ask_patiently"))));
    var answer = new EventClient(request.build()).message();
    assertThat(answer.getJsonObject("result").getBoolean("isError")).isTrue();
    assertThat(text(answer)).contains("event stream");
    assertThat(two.tools().givenUp.poll(10, java.util.concurrent.TimeUnit.SECONDS))
        .isEqualTo("ask_patiently");
  }

  private static JsonObject reply(JsonObject question) {
    return switch (question.getString("method")) {
      case "roots/list" -> JsonObject.of("roots", JsonArray.of(JsonObject.of("uri", "file:///x")));
      case "sampling/createMessage" ->
        JsonObject.of("content", JsonObject.of("type", "text", "text", "-Hi-"));
      default -> accepted("Ann");
    };
  }

  private static int answer(int port, String session, JsonObject question, JsonObject result) {
    return Talk.answer(port, session, question.getString("id"), result);
  }
}
