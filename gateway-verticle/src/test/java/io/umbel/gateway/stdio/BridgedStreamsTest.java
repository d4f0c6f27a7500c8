package io.umbel.gateway.stdio;

import static io.umbel.gateway.stdio.LineClient.call;
import static io.umbel.gateway.stdio.LineClient.initialize;
import static io.umbel.gateway.stdio.LineClient.listen;
import static io.umbel.gateway.stdio.LineClient.modern;
import static io.umbel.gateway.stdio.LineClient.ping;
import static io.umbel.gateway.stdio.LineClient.pong;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bridge sends, and what it makes of answers that no gateway of ours would give. */
@Timeout(30)
class BridgedStreamsTest {

  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String NOTE =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\"ü\"}}";

  private final Vertx vertx = Vertx.vertx();
  private final LineClient client = new LineClient();
  private StreamingServer server;

  @BeforeEach
  void open() {
    server = new StreamingServer(vertx);
    new StdioBridge(vertx, server.uri(), "secret", client.stdin(), client.stdout()).run();
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void aMessageIsSentAsItCameWithWhatItsEraDemands() throws Exception {
    var body = modern(call("1", "naïve"));
    client.send(body);
    var asked = server.next();
    assertThat(asked.body().toString()).isEqualTo(body);
    assertThat(asked.headers().get("Authorization")).isEqualTo("Bearer secret");
    assertThat(asked.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(asked.headers().get("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(asked.headers().get("MCP-Protocol-Version")).isEqualTo("2026-07-28");
    assertThat(asked.headers().get("Mcp-Method")).isEqualTo("tools/call");
    assertThat(asked.headers().get("Mcp-Name")).isEqualTo("=?base64?bmHDr3Zl?=");
    assertThat(asked.headers().contains("Mcp-Session-Id")).isFalse();
  }

  @Test
  void aSessionIsRepeatedOnWhatFollowsAndOnNothingOfTheOtherEra() throws Exception {
    begin("one");
    client.send(ping("1"));
    var asked = server.next();
    assertThat(asked.headers().get("Mcp-Session-Id")).isEqualTo("one");
    assertThat(asked.headers().contains("Mcp-Method")).isFalse();
    client.send(modern(call("2", "x")));
    assertThat(server.next().headers().contains("Mcp-Session-Id")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'a\\nb',=?base64?YQpi?=", "é,=?base64?w6k=?=", "'a b',=?base64?YSBi?=", "'',''"})
  void aMethodThatNoHeaderCanHoldIsSentAllTheSame(String method, String header) throws Exception {
    client.send(modern("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}"));
    var asked = server.next();
    assertThat(asked.headers().get("Mcp-Method")).isEqualTo(header);
    asked.answer(404, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601}}");
    assertThat(client.next().getJsonObject("error").getInteger("code")).isEqualTo(-32601);
  }

  @Test
  void eachEventIsALine() throws Exception {
    client.send(ping("1"));
    var asked = server.next();
    asked.stream(": hello\n\nid: 7\ndata:\n\nevent: message\ndata: " + NOTE + "\n\n");
    assertThat(client.next()).isEqualTo(new JsonObject(NOTE));
    asked.response().end("retry: 5\r\ndata:" + PONG + "\r\n\r\n").await();
    assertThat(client.next()).isEqualTo(pong(1));
    client.send(ping("2"));
    server.next().answer(200, PONG.replace("1", "2"));
    assertThat(client.next()).isEqualTo(pong(2));
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void anEventMayComeInAnyPieces() throws Exception {
    client.send(ping("1"));
    var asked = server.next();
    asked.stream("da");
    var rest = Buffer.buffer("ta: " + NOTE + "\n\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\n");
    for (var b : rest.getBytes()) {
      asked.response().write(Buffer.buffer(new byte[] {b})).await();
    }
    asked.response().end("data: \"result\":{}}\n\n").await();
    assertThat(client.next()).isEqualTo(new JsonObject(NOTE));
    assertThat(client.next()).isEqualTo(pong(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ": nothing\n\n", "data: " + PONG, "data: nonsense"})
  void aStreamThatEndsWithoutAnAnswerIsAnsweredHere(String events) throws Exception {
    client.send(ping("1"));
    var asked = server.next();
    asked.stream(": begun\n\n");
    asked.response().end(events).await();
    assertThat(client.next()).isEqualTo(error("does not answer: ended its stream"));
  }

  @Test
  void aConnectionThatBreaksIsAnsweredHere() throws Exception {
    client.send(ping("1"));
    var asked = server.next();
    asked.stream("data: " + NOTE + "\n\n");
    assertThat(client.next()).isEqualTo(new JsonObject(NOTE));
    asked.response().reset();
    assertThat(client.next()).isEqualTo(error("does not answer: Connection was closed"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
      401 | {"error":"invalid_token"}                  | answered with HTTP status 401
      403 | {"jsonrpc":"2.0","error":{"code":-32600,"message":"No"}} | answered with HTTP status 403: No
      502 | <html>                                     | answered with HTTP status 502
      500 | {                                          | answered with HTTP status 500
      202 |                                            | answered with HTTP status 202
      404 | {"jsonrpc":"2.0","id":2,"error":{"message":"x"}} | answered with HTTP status 404: x
      """)
  void whatIsNoAnswerToThisRequestBecomesOne(int status, String body, String why) throws Exception {
    client.send(ping("1"));
    server.next().answer(status, body == null ? "" : body);
    assertThat(client.next()).isEqualTo(error(why));
  }

  @Test
  void onlyWhatWasListenedToIsCancelledByItsEnd() throws Exception {
    client.send(modern(listen("1")));
    server.next().answer(200, PONG.replace("result", "error"));
    assertThat(client.next()).isEqualTo(new JsonObject(PONG.replace("result", "error")));
    client.send(modern(ping("1")));
    server.next().answer(200, PONG);
    assertThat(client.next()).isEqualTo(pong(1));
    client.send(ping("2"));
    server.next().answer(200, PONG.replace("1", "2"));
    assertThat(client.next()).isEqualTo(pong(2));
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void aSessionThatTheGatewayLostIsBegunAnewAsTheClientBeganIt() throws Exception {
    begin("one");
    client.send(call("2", "x"));
    notFound(server.next(), "one");
    var again = server.next();
    assertThat(again.body().toString()).isEqualTo(initialize("0"));
    again.response().putHeader("Mcp-Session-Id", "two");
    again.answer(200, PONG.replace("1", "0"));
    var repeated = server.next();
    assertThat(repeated.body().toString()).isEqualTo(call("2", "x"));
    assertThat(repeated.headers().get("Mcp-Session-Id")).isEqualTo("two");
    repeated.answer(200, PONG.replace("1", "2"));
    assertThat(client.next()).isEqualTo(pong(2));
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void aSessionThatCannotBeBegunAnewIsToldOf() throws Exception {
    begin("one");
    client.send(ping("1"));
    notFound(server.next(), "one");
    server.next().answer(500, "");
    notFound(server.next(), "one");
    assertThat(client.next())
        .isEqualTo(new JsonObject("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001}}"));
  }

  private void begin(String session) throws InterruptedException {
    client.send(initialize("0"));
    var asked = server.next();
    asked.response().putHeader("Mcp-Session-Id", session);
    asked.answer(200, PONG.replace("1", "0"));
    assertThat(client.next()).isEqualTo(pong(0));
  }

  private static void notFound(StreamingServer.Asked asked, String session) {
    assertThat(asked.headers().get("Mcp-Session-Id")).isEqualTo(session);
    var id = new JsonObject(asked.body()).getValue("id");
    asked.answer(404, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32001}}");
  }

  private JsonObject error(String why) {
    var message = "The gateway at " + server.uri() + " " + why;
    var error = JsonObject.of("code", -32603, "message", message);
    return JsonObject.of("jsonrpc", "2.0", "id", 1, "error", error);
  }
}
