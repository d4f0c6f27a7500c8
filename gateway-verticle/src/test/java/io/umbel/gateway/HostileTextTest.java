package io.umbel.gateway;

import static io.umbel.gateway.RunningGateway.modernBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is too deep, too long or not UTF-8, wherever in a body it stands. */
class HostileTextTest {

  private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}";
  private static final String NOT_UTF8 = "Parse error: the message is not UTF-8";

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void nestingBeyondTheLimitIsRefusedWhereverItIs() {
    var deep = "[".repeat(10_000) + "]".repeat(10_000);
    var why = "Parse error: Document nesting depth (101) exceeds the maximum allowed (100)";
    refused(REQUEST.replace("7", "7,\"x\":" + deep), -32700, why);
    refused(REQUEST.replace("7", deep), -32700, why);
    var arguments = "\"x\",\"params\":{\"arguments\":{\"any\":" + deep + "}}";
    refused(REQUEST.replace("\"x\"", arguments), -32700, why);
    var open = "\"x\",\"params\":{\"_meta\":" + "{\"a\":".repeat(10_000);
    refused(REQUEST.replace("\"x\"", open), -32700, why);
  }

  @Test
  void numbersAndNamesBeyondTheLimitAreRefused() {
    refused(
        REQUEST.replace("7", "7".repeat(201)),
        -32700,
        "Parse error: Number value length (201) exceeds the maximum allowed (200)");
    refused(
        REQUEST.replace("7", "7,\"" + "x".repeat(1_001) + "\":1"),
        -32700,
        "Parse error: Name length (1001) exceeds the maximum allowed (1000)");
  }

  @Test
  void numbersAndTextsWithinTheLimitReachTheToolWhole() {
    var large = "7".repeat(200);
    var text = "é😀".repeat(5_000);
    var body = modernBody("tools/call", JsonObject.of("name", "meta", "arguments", "@"))
        .replace("\"@\"", "{\"any\":[" + large + ",\"" + text + "\",\"\\ud800\"]}");
    var any = call(body, "meta").getJsonObject("structuredContent").getJsonObject("arguments");
    assertThat(any.getJsonArray("any").getValue(0)).hasToString(large);
    assertThat(any.getJsonArray("any").getString(1)).isEqualTo(text);
    assertThat(any.getJsonArray("any").getString(2)).isEqualTo("\ud800");
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "c3", "c080", "c0af", "eda080", "f4908080", "f88080808080", "fc"})
  void whatIsNotUtf8IsRefusedEvenWhereNobodyLooks(String hex) {
    var arguments = JsonObject.of("any", "@");
    var body = modernBody("tools/call", JsonObject.of("name", "meta", "arguments", arguments));
    var bytes = java.util.HexFormat.of().parseHex(hex);
    var whole = body.replace("@", new String(bytes, StandardCharsets.ISO_8859_1));
    refused(whole.getBytes(StandardCharsets.ISO_8859_1), NOT_UTF8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) {
    refused(
        modernBody("tools/list", new JsonObject()).getBytes(Charset.forName(charset)), NOT_UTF8);
  }

  @Test
  void aByteOrderMarkIsOverlooked() {
    var body = modernBody("tools/call", JsonObject.of("name", "add", "arguments", JsonObject.of()));
    assertThat(call("\ufeff" + body, "add")
            .getJsonArray("content")
            .getJsonObject(0)
            .getString("text"))
        .contains("INVALID_ARGUMENT");
  }

  private static JsonObject call(String body, String name) {
    var response = gateway.post(
        body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", name);
    assertThat(response.statusCode()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("result");
  }

  private static void refused(String body, int code, String message) {
    var response = gateway.post(body);
    assertThat(response.body()).isEqualTo(error(code, message));
    assertThat(response.statusCode()).isEqualTo(400);
  }

  private static void refused(byte[] body, String message) {
    try (var connection = new RawConnection(gateway.port())) {
      var lines = new String[] {"Host: localhost", "Content-Type: application/json"};
      var answer = connection.send(RawConnection.post(body, lines)).read();
      assertThat(answer.body()).isEqualTo(error(-32700, message));
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  private static String error(int code, String message) {
    var head = "{\"jsonrpc\":\"2.0\",\"error\":";
    return head + JsonObject.of("code", code, "message", message).encode() + "}";
  }
}
