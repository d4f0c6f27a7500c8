package io.umbel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.RawConnection.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches, which only revision 2025-03-26 has, as no well-behaved client sends them. */
class HostileBatchTest {

  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  private static RunningGateway gateway;
  private static String session;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
    session = gateway.initialize("2025-03-26");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void everyMessageIsAnsweredAsFarAsItCanBe() {
    var answer =
        send("[" + PING + ",1,[],{},{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5},null,-1.5]");
    assertThat(answer.status()).isEqualTo(200);
    var answers = new JsonArray(answer.body());
    assertThat(answers).hasSize(7);
    assertThat(answers.getJsonObject(0)).isEqualTo(new JsonObject(PONG));
    assertThat(message(answers, 1)).isEqualTo("Invalid Request: a message is a JSON object");
    assertThat(message(answers, 2))
        .isEqualTo("Invalid Request: send one message, not an array of them");
    assertThat(message(answers, 3)).isEqualTo("Invalid Request: \"jsonrpc\" must be \"2.0\"");
    assertThat(message(answers, 4)).isEqualTo("Invalid Request: \"method\" must be a string");
    assertThat(answers.getJsonObject(4).getInteger("id")).isEqualTo(7);
    assertThat(message(answers, 5)).isEqualTo("Invalid Request: a message is a JSON object");
    assertThat(message(answers, 6)).isEqualTo("Invalid Request: a message is a JSON object");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
      []         | -32600 | Invalid Request: a batch holds 1 to 100 messages
      [{}        | -32700 | Parse error: the array cannot be read
      [{},       | -32700 | Parse error: the array cannot be read
      [{}}       | -32700 | Parse error: the array cannot be read
      [nope]     | -32700 | Parse error: the array cannot be read
      [{}] x     | -32700 | Parse error: the array cannot be read
      [{}][]     | -32700 | Parse error: more than one JSON value in the body
      """)
  void whatIsNoBatchIsRefusedAsAWhole(String body, int code, String message) {
    var answer = send(body);
    assertThat(answer.body()).isEqualTo(error(code, message));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aBatchHoldsAHundredMessagesAndNoMore() {
    var hundred = PING + ("," + PING).repeat(99);
    assertThat(new JsonArray(send("[" + hundred + "]").body())).hasSize(100);
    assertThat(send("[" + hundred + "," + PING + "]").body())
        .isEqualTo(error(-32600, "Invalid Request: a batch holds 1 to 100 messages"));
    assertThat(send("[1" + ",1".repeat(500_000) + "]").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) {
    var answer = send(("[" + PING + "]").getBytes(Charset.forName(charset)), session);
    assertThat(answer.body()).isEqualTo(error(-32700, "Parse error: the message is not UTF-8"));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aByteOrderMarkIsOverlooked() {
    assertThat(send("\ufeff[" + PING + "]").body()).isEqualTo("[" + PONG + "]");
  }

  @Test
  void nestingBeyondTheLimitIsRefused() {
    var answer = send("[".repeat(10_000) + "]".repeat(10_000));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(error(-32700, "Parse error: the array cannot be read"));
  }

  @Test
  void otherRevisionsHaveNone() {
    var why = error(-32600, "Invalid Request: send one message, not an array of them");
    for (var revision : new String[] {"2024-11-05", "2025-06-18", "2025-11-25"}) {
      var answer = send(("[" + PING + "]").getBytes(UTF_8), gateway.initialize(revision));
      assertThat(answer.body()).as(revision).isEqualTo(why);
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  private static Answer send(String body) {
    return send(body.getBytes(UTF_8), session);
  }

  private static Answer send(byte[] body, String session) {
    try (var connection = new RawConnection(gateway.port())) {
      connection.send(RawConnection.post(
          body, "Host: localhost", "Content-Type: application/json", "Mcp-Session-Id: " + session));
      return connection.read();
    }
  }

  private static String message(JsonArray answers, int index) {
    return answers.getJsonObject(index).getJsonObject("error").getString("message");
  }

  private static String error(int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"error\":"
        + JsonObject.of("code", code, "message", message).encode()
        + "}";
  }
}
