package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.gateway.GatewaySettings.Listening;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever gives a request up: the tool hears of it, and only then. */
class CancellationTest {

  private final SampleTools tools = new SampleTools();
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), tools);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void closingTheConnectionCancelsAStatelessRequest() throws Exception {
    try (var connection = new RawConnection(gateway.port())) {
      var body = RunningGateway.modernBody("tools/call", JsonObject.of("name", "hang"));
      connection.send(post(body, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call"));
      await(tools.begun);
    }
    await(tools.givenUp);
  }

  @ParameterizedTest
  @EnumSource
  void resettingTheStreamCancelsAStatelessRequest(Version version) throws Exception {
    var body = RunningGateway.modernBody("tools/call", JsonObject.of("name", "hang"));
    var request = HttpRequest.newBuilder(gateway.uri("/mcp"))
        .POST(BodyPublishers.ofString(body))
        .headers("Content-Type", "application/json", "MCP-Protocol-Version", "2026-07-28")
        .headers("Mcp-Method", "tools/call", "Mcp-Name", "hang")
        .build();
    var http = HttpClient.newBuilder().version(version).build();
    var answer = http.sendAsync(request, BodyHandlers.ofString());
    await(tools.begun);
    answer.cancel(true);
    await(tools.givenUp);
  }

  @Test
  void closingTheConnectionDoesNotCancelARequestOfASession() throws Exception {
    var session = gateway.initialize("2025-11-25");
    try (var connection = new RawConnection(gateway.port())) {
      connection.send(post(hang("1"), "Mcp-Session-Id: " + session));
      await(tools.begun);
    }
    assertThat(cancel(session, "2")).isEqualTo(202);
    assertThat(cancel(session, "3")).isEqualTo(202);
    assertThat(tools.givenUp.getCount()).isEqualTo(1);
    assertThat(cancel(session, "1")).isEqualTo(202);
    await(tools.givenUp);
  }

  @ParameterizedTest
  @CsvSource({"1,'\"1\"'", "'\"1\"',1", "'\"a\\u0062\"','\"a\"'", "12345678901234567890,1"})
  void onlyTheIdThatWasUsedCancels(String id, String other) throws Exception {
    var session = gateway.initialize("2025-11-25");
    try (var connection = new RawConnection(gateway.port())) {
      connection.send(post(hang(id), "Mcp-Session-Id: " + session));
      await(tools.begun);
      assertThat(cancel(session, other)).isEqualTo(202);
      assertThat(cancel(gateway.initialize("2025-11-25"), id)).isEqualTo(202);
      assertThat(tools.givenUp.getCount()).isEqualTo(1);
      assertThat(cancel(session, id)).isEqualTo(202);
      var answer = connection.read();
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.body()).isEmpty();
    }
    await(tools.givenUp);
  }

  @Test
  void anyGatewayTakesTheWordThatARequestIsCancelled() throws Exception {
    var port = GatewaySettings.defaults().listeningOn(new Listening("127.0.0.1", 0, "/mcp"));
    var second = new GatewayVerticle(port, new SimpleMeterRegistry());
    gateway.vertx().deployVerticle(second).await();
    var session = gateway.initialize("2025-11-25");
    try (var holds = new RawConnection(gateway.port());
        var other = new RawConnection(second.port())) {
      holds.send(post(hang("1"), "Mcp-Session-Id: " + session));
      await(tools.begun);
      other.send(post(cancelled("1"), "Mcp-Session-Id: " + session));
      assertThat(other.read().status()).isEqualTo(202);
      var unanswered = holds.read();
      assertThat(unanswered.status()).isEqualTo(202);
      assertThat(unanswered.body()).isEmpty();
    }
    await(tools.givenUp);
  }

  @Test
  void whatIsNoIdCancelsNothing() {
    var session = gateway.initialize("2025-11-25");
    for (var id : new String[] {"null", "{}", "1.5", "\"\""}) {
      assertThat(cancel(session, id)).isEqualTo(202);
    }
    var without = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}";
    assertThat(gateway.post(without, "Mcp-Session-Id", session).statusCode()).isEqualTo(202);
  }

  private int cancel(String session, String id) {
    return gateway.post(cancelled(id), "Mcp-Session-Id", session).statusCode();
  }

  private static String cancelled(String id) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
        + id
        + ",\"reason\":\"why not\"}}";
  }

  private static String hang(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"hang\"}}";
  }

  private static byte[] post(String body, String... lines) {
    var all = new java.util.ArrayList<>(java.util.List.of(lines));
    all.addAll(
        java.util.List.of("Host: localhost", "Content-Type: application/json", "Mcp-Name: hang"));
    return RawConnection.post(body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
