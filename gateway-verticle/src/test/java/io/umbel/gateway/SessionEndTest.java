package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.RawConnection.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no session, no session any more, or not here: every gateway of a cluster says the same.
 */
class SessionEndTest {

  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String REQUIRED =
      "\"error\":{\"code\":-32000,\"message\":\"No session: send initialize first,"
          + " and over HTTP repeat its Mcp-Session-Id header\"}}";
  private static final String NOT_FOUND =
      "\"error\":{\"code\":-32001,\"message\":\"Session not found: send initialize again\"}}";

  private static final MovableClock CLOCK = new MovableClock();

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(
        CLOCK, new SimpleMeterRegistry(), GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void withoutASessionNothingIsAnswered() {
    for (var method : new String[] {"tools/list", "tools/call", "no/such"}) {
      var response = gateway.post(PING.replace("ping", method));
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1," + REQUIRED);
    }
    var response = gateway.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\"," + REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "no such session", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void anUnknownSessionIsNotFound(String session) {
    notFound(session);
  }

  @Test
  void anAlteredSessionIsNotFound() {
    var session = gateway.initialize("2025-11-25");
    var middle = session.length() / 2;
    var altered = session.charAt(middle) == 'A' ? "B" : "A";
    notFound(session.substring(0, middle) + altered + session.substring(middle + 1));
    notFound(session.substring(0, session.length() - 4));
    notFound(session.substring(4));
    notFound(session + "AAAA");
    notFound(session + session);
    notFound("x".repeat(10_000));
  }

  @Test
  void whatIsSealedForSomethingElseIsNoSession() {
    var tiny = GatewaySettings.defaults()
        .listing(new GatewaySettings.Lists(1, Duration.ofSeconds(1)))
        .listeningOn(new Listening("127.0.0.1", 0, "/mcp"));
    var other = new GatewayVerticle(tiny, new SimpleMeterRegistry());
    gateway.vertx().deployVerticle(other).await();
    var session = gateway.initialize("2025-11-25");
    var list = at(
        other.port(), "POST", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", session);
    var cursor = new JsonObject(list.body()).getJsonObject("result").getString("nextCursor");
    notFound(cursor);
  }

  @Test
  void aSessionThatWasEndedIsNotFound() {
    var session = gateway.initialize("2025-11-25");
    assertThat(delete(session).status()).isEqualTo(200);
    assertThat(delete(session).status()).isEqualTo(404);
    notFound(session);
    assertThat(gateway
            .post(PING, "Mcp-Session-Id", gateway.initialize("2025-11-25"))
            .body())
        .isEqualTo(PONG);
  }

  @Test
  void toEndASessionTakesOne() {
    var missing = delete(null);
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body()).isEqualTo("{\"jsonrpc\":\"2.0\"," + REQUIRED);
    var unknown = delete("x");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("{\"jsonrpc\":\"2.0\"," + NOT_FOUND);
  }

  @Test
  void aSessionIsOpenedByEveryGatewayAndEndedOnAll() {
    var port = GatewaySettings.defaults().listeningOn(new Listening("127.0.0.1", 0, "/mcp"));
    var second = new GatewayVerticle(port, new SimpleMeterRegistry());
    gateway.vertx().deployVerticle(second).await();
    var session = gateway.initialize("2025-11-25");
    assertThat(at(second.port(), "POST", PING, session).body()).isEqualTo(PONG);
    assertThat(delete(session).status()).isEqualTo(200);
    assertThat(at(second.port(), "POST", PING, null).body()).isEqualTo(PONG);
    assertThat(at(second.port(), "POST", PING, session).status()).isEqualTo(404);
    var third = new GatewayVerticle(port, new SimpleMeterRegistry());
    gateway.vertx().deployVerticle(third).await();
    assertThat(at(third.port(), "POST", PING, session).status()).isEqualTo(404);
  }

  @Test
  void aSessionExpires() {
    var session = gateway.initialize("2025-11-25");
    CLOCK.move(Duration.ofHours(24).minusMillis(1));
    assertThat(gateway.post(PING, "Mcp-Session-Id", session).body()).isEqualTo(PONG);
    CLOCK.move(Duration.ofMillis(1));
    notFound(session);
    assertThat(delete(session).status()).isEqualTo(404);
  }

  private static void notFound(String session) {
    var response = gateway.post(PING, "Mcp-Session-Id", session);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1," + NOT_FOUND);
  }

  private static Answer delete(String session) {
    return at(gateway.port(), "DELETE", "", session);
  }

  private static Answer at(int port, String method, String body, String session) {
    var line = session == null ? "X: y" : "Mcp-Session-Id: " + session;
    try (var connection = new RawConnection(port)) {
      return connection
          .send(RawConnection.request(
              method + " /mcp HTTP/1.1",
              body.getBytes(StandardCharsets.UTF_8),
              "Host: localhost",
              "Content-Type: application/json",
              line))
          .read();
    }
  }
}
