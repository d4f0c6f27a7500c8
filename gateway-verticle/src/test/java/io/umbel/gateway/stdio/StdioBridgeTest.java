package io.umbel.gateway.stdio;

import static io.umbel.gateway.stdio.LineClient.call;
import static io.umbel.gateway.stdio.LineClient.cancelled;
import static io.umbel.gateway.stdio.LineClient.initialize;
import static io.umbel.gateway.stdio.LineClient.listen;
import static io.umbel.gateway.stdio.LineClient.modern;
import static io.umbel.gateway.stdio.LineClient.ping;
import static io.umbel.gateway.stdio.LineClient.pong;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.NamedTools;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.SampleTools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bridge from stdio in front of a gateway that runs elsewhere. */
@Timeout(30)
class StdioBridgeTest {

  private final Vertx vertx = Vertx.vertx();
  private final SampleTools tools = new SampleTools();
  private final LineClient client = new LineClient();
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        new RunningGateway(GatewaySettings.defaults(), tools, new NamedTools("hello", "grüß"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    vertx.close();
  }

  @Test
  void aBridgeCarriesBothEras() throws Exception {
    var ended = open(gateway.uri("/mcp"));
    client.send(modern(call("\"a\"", "grüß")));
    var stateless = client.next();
    assertThat(stateless.getString("id")).isEqualTo("a");
    assertThat(stateless.getJsonObject("result").getString("resultType")).isEqualTo("complete");
    client.send(initialize("1"));
    assertThat(client.next().getJsonObject("result").getString("protocolVersion"))
        .isEqualTo("2025-06-18");
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    client.send(call("2", "hello"));
    assertThat(client.next()).isEqualTo(hello(2));
    client.end();
    ended.await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void linesThatComeAllAtOnceAreAnswered() throws Exception {
    var ended = open(gateway.uri("/mcp"));
    client.send(
        initialize("1"),
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        ping("2"),
        call("3", "hello"));
    client.end();
    assertThat(client.next().getInteger("id")).isEqualTo(1);
    assertThat(List.of(client.next(), client.next())).containsExactlyInAnyOrder(pong(2), hello(3));
    ended.await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void whereNobodyListensThereIsAnErrorAndNotSilence() throws Exception {
    var ended = open(URI.create("http://127.0.0.1:1/mcp"));
    client.send(ping("\"a\""), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
    var answer = client.next();
    assertThat(answer.getString("id")).isEqualTo("a");
    assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32603);
    assertThat(answer.getJsonObject("error").getString("message"))
        .startsWith("The gateway at http://127.0.0.1:1/mcp does not answer: Connection refused");
    client.end();
    ended.await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void whatIsNoMessageIsAnsweredHere() throws Exception {
    open(gateway.uri("/mcp"));
    client.send("nope", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5}", " ".repeat(1_048_577));
    assertThat(client.next().getJsonObject("error").getInteger("code")).isEqualTo(-32700);
    assertThat(client.next().getInteger("id")).isEqualTo(7);
    assertThat(client.next().getJsonObject("error").getString("message"))
        .isEqualTo("The message is larger than 1048576 bytes");
    client.send(ping("1"));
    assertThat(client.next()).isEqualTo(pong(1));
  }

  @Test
  void theEndOfStdinEndsItAndTellsWhoeverStillWaits() throws Exception {
    var ended = open(gateway.uri("/mcp"));
    client.send(modern(call("1", "hang")));
    assertThat(tools.begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.end();
    var why =
        "The gateway at " + gateway.uri("/mcp") + " did not answer before the end of the input";
    assertThat(client.next()).isEqualTo(error(1, why));
    ended.await();
  }

  @Test
  void cancellingClosesTheStreamOfAStatelessRequest() throws Exception {
    open(gateway.uri("/mcp"));
    client.send(initialize("0"));
    client.next();
    client.send(modern(call("1", "hang")));
    assertThat(tools.begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.send(cancelled("\"1\""), ping("2"));
    assertThat(client.next()).isEqualTo(pong(2));
    assertThat(tools.givenUp.getCount()).isEqualTo(1);
    client.send(cancelled("1"));
    assertThat(tools.givenUp.await(10, TimeUnit.SECONDS)).isTrue();
    client.send(ping("3"));
    assertThat(client.next()).isEqualTo(pong(3));
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void cancellingARequestOfASessionTellsTheGatewayAndIsNotAnswered() throws Exception {
    var ended = open(gateway.uri("/mcp"));
    client.send(initialize("0"));
    client.next();
    client.send(call("1", "hang"));
    assertThat(tools.begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.send(cancelled("1"));
    assertThat(tools.givenUp.await(10, TimeUnit.SECONDS)).isTrue();
    client.end();
    ended.await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  /** It may not even be connected yet. */
  @Test
  void whatIsCancelledWithTheSameBreathIsNotAnswered() throws Exception {
    var ended = open(gateway.uri("/mcp"));
    client.send(modern(call("1", "hang")), cancelled("1"), ping("2"));
    assertThat(client.next()).isEqualTo(pong(2));
    client.end();
    ended.await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void callsThatHangHoldNobodyUp() throws Exception {
    open(gateway.uri("/mcp"));
    for (int i = 0; i < 20; i++) {
      client.send(modern(call(Integer.toString(i), "hang")));
    }
    client.send(modern(call("20", "hello")));
    assertThat(client.next().getInteger("id")).isEqualTo(20);
  }

  @Test
  void aRefusalWithoutAnIdIsPassedOnWithOne() throws Exception {
    open(gateway.uri("/nowhere"));
    client.send(modern(call("1", "hello")));
    var at = "The gateway at " + gateway.uri("/nowhere");
    assertThat(client.next()).isEqualTo(error(1, at + " answered with HTTP status 404"));
  }

  @Test
  void aGatewayThatEndsWhatIsListenedToSaysSoInBothWays() throws Exception {
    open(gateway.uri("/mcp"));
    client.send(modern(listen("\"l\"")));
    assertThat(client.next().getString("method"))
        .isEqualTo("notifications/subscriptions/acknowledged");
    gateway.stop();
    var result = client.next();
    assertThat(result.getString("id")).isEqualTo("l");
    assertThat(result.getJsonObject("result").getString("resultType")).isEqualTo("complete");
    assertThat(client.next()).isEqualTo(new JsonObject(cancelled("\"l\"")));
    assertThat(client.hasNothingMore()).isTrue();
  }

  private Future<Void> open(URI uri) {
    return new StdioBridge(vertx, uri, null, client.stdin(), client.stdout()).run();
  }

  private static JsonObject hello(int id) {
    return new JsonObject("{\"jsonrpc\":\"2.0\",\"id\":" + id
        + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}}");
  }

  private static JsonObject error(int id, String message) {
    var error = JsonObject.of("code", -32603, "message", message);
    return JsonObject.of("jsonrpc", "2.0", "id", id, "error", error);
  }
}
