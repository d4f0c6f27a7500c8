package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stateless client is asked by one gateway and answers at the other. */
class AskingTest {

  private static TwoGateways two;

  @BeforeAll
  static void start() {
    two = new TwoGateways();
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  @Test
  void whatOneGatewayAskedIsAnsweredAtTheOther() {
    var asked = result(two.a(), "tools/call", tool("ask"));
    var question = asked.getJsonObject("inputRequests").getJsonObject("name");
    assertThat(asked.getString("resultType")).isEqualTo("input_required");
    assertThat(question.getString("method")).isEqualTo("elicitation/create");
    assertThat(question.getJsonObject("params").getString("message"))
        .isEqualTo("What is your name?");
    var answer = call(two.b(), "tools/call", again(tool("ask"), state(asked), ann()));
    assertThat(answer.getJsonObject("result").getString("resultType")).isEqualTo("complete");
    assertThat(text(answer)).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void eachRoundMayBeAnsweredAtAnotherGateway() {
    var first = result(two.a(), "tools/call", tool("ask_twice"));
    var answers = Map.<String, Object>of("first", accepted("1"));
    var second = result(two.b(), "tools/call", again(tool("ask_twice"), state(first), answers));
    assertThat(second.getJsonObject("inputRequests").fieldNames()).containsExactly("second");
    answers = Map.of("second", accepted("2"));
    var answer = call(two.a(), "tools/call", again(tool("ask_twice"), state(second), answers));
    assertThat(text(answer)).isEqualTo("{\"name\":\"1\"}{\"name\":\"2\"}");
  }

  @Test
  void threeThingsAreAskedAtOnce() {
    var asked = result(two.a(), "tools/call", tool("ask_three"));
    assertThat(asked.getJsonObject("inputRequests").fieldNames())
        .containsExactlyInAnyOrder("name", "words", "roots");
    var said = JsonObject.of("content", JsonObject.of("type", "text", "text", "-Hi-"));
    var roots = JsonObject.of("roots", JsonArray.of(JsonObject.of("uri", "file:///x")));
    var answers = Map.<String, Object>of("name", accepted("Ann"), "words", said, "roots", roots);
    var answer = call(two.b(), "tools/call", again(tool("ask_three"), state(asked), answers));
    assertThat(text(answer)).isEqualTo("{\"name\":\"Ann\"}-Hi-1");
  }

  @ParameterizedTest
  @CsvSource({"prompts/get,name,asking", "resources/read,uri,talk://asking"})
  void promptsAndResourcesAskToo(String method, String member, String name) {
    var params = JsonObject.of(member, name);
    var asked = result(two.a(), method, params);
    assertThat(asked.containsKey("ttlMs")).isFalse();
    var answer = result(two.b(), method, again(params, state(asked), ann()));
    assertThat(answer.encode()).contains("Ann");
  }

  @Test
  void argumentsThatSayTheSameAreTheSameCall() {
    var one = new JsonObject("{\"word\":\"x\",\"more\":{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}}");
    var other = new JsonObject("{\"more\":{\"b\":[{\"d\":3,\"c\":2}],\"a\":1},\"word\":\"x\"}");
    var asked = result(two.a(), "tools/call", tool("ask").put("arguments", one));
    var back = again(tool("ask").put("arguments", other), state(asked), ann());
    assertThat(text(call(two.b(), "tools/call", back))).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void aStateIsGoodForItsOwnCallOnly() {
    var state = state(result(two.a(), "tools/call", tool("ask")));
    var altered = state.substring(0, 20) + (state.charAt(20) == 'A' ? 'B' : 'A');
    refused(again(tool("ask"), altered + state.substring(21), ann()), "altered");
    refused(again(tool("ask"), "", ann()), "altered");
    refused(again(tool("ask"), "x", ann()), "altered");
    refused(again(tool("ask"), "x", ann()).put("requestState", 5), "altered");
    refused(again(tool("ask_twice"), state, ann()), "another call");
    var arguments = JsonObject.of("word", "other");
    refused(again(tool("ask").put("arguments", arguments), state, ann()), "another call");
    assertThat(text(call(two.b(), "tools/call", again(tool("ask"), state, ann()))))
        .isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void aStateIsGoodOnce() {
    var state = state(result(two.a(), "tools/call", tool("ask")));
    assertThat(text(call(two.b(), "tools/call", again(tool("ask"), state, ann()))))
        .isEqualTo("{\"name\":\"Ann\"}");
    refused(again(tool("ask"), state, ann()), "answered before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":5}", "{\"other\":{}}", "{\"name\":null}", "[]", "7"})
  void whatIsNotAnsweredIsAskedAgain(String responses) {
    var asked = result(two.a(), "tools/call", tool("ask"));
    var back = again(tool("ask"), state(asked), Map.of());
    var value = io.vertx.core.json.Json.decodeValue(responses);
    var once = result(two.b(), "tools/call", back.put("inputResponses", value));
    assertThat(once.getString("resultType")).isEqualTo("input_required");
    assertThat(once.getJsonObject("inputRequests")).isEqualTo(asked.getJsonObject("inputRequests"));
    var answer = call(two.a(), "tools/call", again(tool("ask"), state(once), ann()));
    assertThat(text(answer)).isEqualTo("{\"name\":\"Ann\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sampling\":{}}",
        "{\"elicitation\":true}",
        "{\"elicitation\":{\"url\":{}}}"
      })
  void whoCannotBeAskedIsToldWhatItLacks(String capabilities) {
    var meta = new JsonObject()
        .put("io.modelcontextprotocol/clientCapabilities", new JsonObject(capabilities));
    for (var name : new String[] {"ask", "ask_three"}) {
      var client = Talk.modern(two.a(), 1, "tools/call", tool(name), meta);
      var error = client.message().getJsonObject("error");
      assertThat(client.status()).isEqualTo(400);
      assertThat(error.getInteger("code")).isEqualTo(-32021);
      assertThat(error.getJsonObject("data").getJsonObject("requiredCapabilities"))
          .isNotNull();
    }
  }

  private static void refused(JsonObject params, String why) {
    var answer = call(two.b(), "tools/call", params);
    assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    assertThat(answer.getJsonObject("error").getString("message")).contains(why);
  }

  private static Map<String, Object> ann() {
    return Map.of("name", accepted("Ann"));
  }

  private static String state(JsonObject result) {
    return result.getString("requestState");
  }

  private static JsonObject result(int port, String method, JsonObject params) {
    return call(port, method, params).getJsonObject("result");
  }

  private static JsonObject call(int port, String method, JsonObject params) {
    try (var client = Talk.modern(port, 1, method, params)) {
      return client.message();
    }
  }
}
