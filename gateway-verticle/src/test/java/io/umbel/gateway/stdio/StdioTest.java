package io.umbel.gateway.stdio;

import static io.umbel.gateway.stdio.LineClient.call;
import static io.umbel.gateway.stdio.LineClient.cancelled;
import static io.umbel.gateway.stdio.LineClient.initialize;
import static io.umbel.gateway.stdio.LineClient.modern;
import static io.umbel.gateway.stdio.LineClient.ping;
import static io.umbel.gateway.stdio.LineClient.pong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Limits;
import io.umbel.gateway.MovableClock;
import io.umbel.gateway.NamedTools;
import io.umbel.gateway.SampleTools;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway over stdin and stdout: one message a line, of either era, and nothing else. */
@Timeout(30)
class StdioTest {

  private static final int LIMIT = 2_000;

  private final MovableClock clock = new MovableClock();
  private final Vertx vertx = Vertx.vertx();
  private final SampleTools tools = new SampleTools();
  private final LineClient client = new LineClient();
  private StdioVerticle stdio;
  private StdioVerticle late;

  @BeforeEach
  void start() {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), clock, about).installOn(vertx);
    vertx.deployVerticle(tools).await();
    vertx.deployVerticle(new NamedTools("hello")).await();
    var settings = GatewaySettings.defaults()
        .expecting(Set.of("sample", "named"))
        .limitedTo(new Limits(LIMIT, 100_000, Duration.ofSeconds(30), Duration.ofHours(24)));
    stdio = new StdioVerticle(settings, new SimpleMeterRegistry(), client.stdin(), client.stdout());
    vertx.deployVerticle(stdio).await();
  }

  /** Beside the one of the other tests: it shares their tools. */
  private LineClient clientOf(Runnable ground) {
    var other = new LineClient();
    var settings = GatewaySettings.defaults().expecting(Set.of("sample", "named"));
    var registry = new SimpleMeterRegistry();
    late = new StdioVerticle(settings, registry, other.stdin(), other.stdout(), ground);
    vertx.deployVerticle(late).await();
    return other;
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void aProcessSpeaksBothEras() throws Exception {
    client.send(modern("{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"method\":\"server/discover\"}"));
    var discovered = client.next();
    assertThat(discovered.getString("id")).isEqualTo("d");
    assertThat(discovered.getJsonObject("result").getString("resultType")).isEqualTo("complete");
    client.send(initialize("1"));
    var agreed = client.next().getJsonObject("result");
    assertThat(agreed.getString("protocolVersion")).isEqualTo("2025-06-18");
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    client.send(call("2", "hello"));
    assertThat(client.next()).isEqualTo(hello(2));
    client.send(modern(call("3", "hello")));
    var answer = client.next();
    assertThat(answer.getInteger("id")).isEqualTo(3);
    assertThat(answer.getJsonObject("result").getString("resultType")).isEqualTo("complete");
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void linesThatComeAllAtOnceAreAnswered() throws Exception {
    client.send(
        initialize("1"),
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        ping("2"),
        call("3", "hello"));
    client.end();
    assertThat(client.next().getInteger("id")).isEqualTo(1);
    assertThat(client.next()).isEqualTo(pong(2));
    assertThat(client.next()).isEqualTo(hello(3));
    stdio.ended().await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void aClientIsGreetedBeforeThereIsADatabaseAndWhatElseItAsksWaitsForThat() throws Exception {
    var there = new CompletableFuture<Void>();
    var early = clientOf(there::join);
    early.send(
        modern("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"server/discover\"}"),
        initialize("1"),
        modern("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}"),
        call("3", "hello"),
        ping("4"));
    early.end();
    assertThat(early.next().getInteger("id")).isZero();
    assertThat(early.next().getInteger("id")).isEqualTo(1);
    assertThat(early.next()).isEqualTo(pong(4));
    assertThat(early.hasNothingMore()).isTrue();
    there.complete(null);
    assertThat(early.next().getInteger("id")).isEqualTo(2);
    assertThat(early.next()).isEqualTo(hello(3));
    late.ended().await();
  }

  @Test
  void whatWaitsForADatabaseIsRefusedAndTheEndFailsWhereThereIsNone() throws Exception {
    var there = new CompletableFuture<Void>();
    var early = clientOf(there::join);
    early.send(initialize("1"), call("2", "hello"));
    assertThat(early.next().getInteger("id")).isEqualTo(1);
    there.completeExceptionally(new IllegalStateException("no disk"));
    var error = early.next().getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(-32603);
    assertThat(error.encode()).doesNotContain("no disk");
    assertThatThrownBy(() -> late.ended().await()).hasMessageContaining("no disk");
  }

  @Test
  void withoutASessionThereIsAnErrorAndNotSilence() throws Exception {
    client.send(call("1", "hello"));
    assertThat(client.next())
        .isEqualTo(error(
            1,
            -32000,
            "No session: send initialize first, and over HTTP repeat its Mcp-Session-Id header"));
  }

  @Test
  void whatIsNoMessageIsAnsweredAsFarAsItCanBe() throws Exception {
    client.send("nope", "", "\r", "[]", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5}", ping("8"));
    assertThat(client.next())
        .isEqualTo(
            error(null, -32700, "Parse error: Unrecognized token 'nope' at line 1, column 1"));
    assertThat(client.next())
        .isEqualTo(error(null, -32600, "Invalid Request: send one message, not an array of them"));
    assertThat(client.next())
        .isEqualTo(error(7, -32600, "Invalid Request: \"method\" must be a string"));
    assertThat(client.next()).isEqualTo(pong(8));
  }

  @Test
  void notificationsAndResponsesAreNotAnswered() throws Exception {
    client.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nobody/knows\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"error\":{\"code\":-1,\"message\":\"no\"}}",
        cancelled("99"),
        ping("1"));
    assertThat(client.next()).isEqualTo(pong(1));
    assertThat(client.hasNothingMore()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "'\"1\"',false", "1,true", "'\"1\"',true"})
  void aCancelledRequestGetsNoAnswer(String id, boolean stateless) throws Exception {
    client.send(initialize("0"));
    client.next();
    client.send(stateless ? modern(call(id, "hang")) : call(id, "hang"));
    assertThat(tools.begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.send(cancelled(id.equals("1") ? "\"1\"" : "1"), ping("2"));
    assertThat(client.next()).isEqualTo(pong(2));
    assertThat(tools.givenUp.getCount()).isEqualTo(1);
    client.send(cancelled(id), ping("3"));
    assertThat(client.next()).isEqualTo(pong(3));
    assertThat(tools.givenUp.await(10, TimeUnit.SECONDS)).isTrue();
    client.end();
    stdio.ended().await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void theEndOfStdinEndsItAlsoWithACallThatHangs() throws Exception {
    client.send(ping("1"), modern(call("2", "hang")));
    assertThat(client.next()).isEqualTo(pong(1));
    assertThat(tools.begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.end();
    assertThat(stdio.ended().isComplete()).isFalse();
    stdio.ended().await();
  }

  @Test
  void theEndOfStdinWithoutAWordEndsItAtOnce() {
    client.end();
    stdio.ended().await();
    assertThat(client.hasNothingMore()).isTrue();
  }

  @Test
  void aLineThatDoesNotEndIsTakenAtTheEndOfStdin() throws Exception {
    client.send(ping("1").getBytes(StandardCharsets.UTF_8)).end();
    assertThat(client.next()).isEqualTo(pong(1));
    stdio.ended().await();
  }

  @Test
  void aLineMayBeAsLongAsTheLimitAndNoLonger() throws Exception {
    var space = " ".repeat(LIMIT - ping("1").length());
    client.send(ping("1") + space, ping("2") + space + "\r", ping("3") + space + " ", ping("4"));
    assertThat(client.next()).isEqualTo(pong(1));
    assertThat(client.next()).isEqualTo(pong(2));
    var tooLarge = error(null, -32600, "The message is larger than 2000 bytes");
    assertThat(client.next()).isEqualTo(tooLarge);
    assertThat(client.next()).isEqualTo(pong(4));
    client.send((ping("5") + space + " ").getBytes(StandardCharsets.UTF_8)).end();
    assertThat(client.next()).isEqualTo(tooLarge);
  }

  /** It knows of none, so it could not begin another. */
  @Test
  void theSessionOfAClientDoesNotEndBeforeItsProcess() throws Exception {
    client.send(initialize("1"));
    client.next();
    clock.move(Duration.ofDays(365));
    client.send(ping("2"));
    assertThat(client.next()).isEqualTo(pong(2));
  }

  @Test
  void aMessageIsOneLineHoweverItCame() throws Exception {
    new LineWriter(client.stdout()).write(Buffer.buffer("{\n\"a\":\r\n \"\\n\"}\n"));
    assertThat(client.next()).isEqualTo(JsonObject.of("a", "\n"));
    assertThat(client.hasNothingMore()).isTrue();
  }

  private static JsonObject hello(int id) {
    return new JsonObject("{\"jsonrpc\":\"2.0\",\"id\":" + id
        + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}}");
  }

  private static JsonObject error(Integer id, int code, String message) {
    var error = JsonObject.of("code", code, "message", message);
    var json = JsonObject.of("jsonrpc", "2.0", "error", error);
    return id == null ? json : json.put("id", id);
  }
}
