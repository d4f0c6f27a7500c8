package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.gateway.GatewaySettings.Limits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller that may have three streams, of whatever kind, and no more. */
@Timeout(30)
class StreamLimitsTest {

  private static final String REFUSED =
      "Too many streams: 3 of yours are open here; close one first";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HttpClient http = HttpClient.newHttpClient();
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    var limits =
        new Limits(1024 * 1024, 512 * 1024, Duration.ofSeconds(30), Duration.ofHours(1), 3);
    var settings = GatewaySettings.defaults().limitedTo(limits);
    gateway = new RunningGateway(Clock.systemUTC(), registry, settings, new SampleTools());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aCallerHasNoMoreStreamsThanItMayOfAllKindsTogether() throws Exception {
    var session = gateway.initialize("2025-11-25");
    for (var opening : List.of(listen(), sessionStream(session), connection())) {
      assertThat(open(opening).statusCode()).isEqualTo(200);
    }
    assertThat(registry.get("mcp.streams.open").gauge().value()).isEqualTo(3);

    for (var refused : List.of(listen(), sessionStream(session), connection())) {
      var response = open(refused);
      assertThat(response.statusCode()).isEqualTo(429);
      var error = body(response).getJsonObject("error");
      assertThat(error).isEqualTo(new JsonObject().put("code", -32600).put("message", REFUSED));
    }
    assertThat(gateway.modern("tools/list", new JsonObject()).getJsonObject("result"))
        .isNotNull();
  }

  @Test
  void aRefusedReturnToALostStreamTakesNoPlace() throws Exception {
    var session = gateway.initialize("2025-11-25");
    for (int again = 0; again < 5; again++) {
      var lost = sessionStream(session).setHeader("Last-Event-ID", "not one of ours");
      assertThat(open(lost).statusCode()).isEqualTo(400);
    }
    assertThat(registry.get("mcp.streams.open").gauge().value()).isZero();
  }

  @Test
  void callsThatAreAnsweredAreNotOpenAnyMore() {
    var arguments = new JsonObject().put("a", 1).put("b", 2);
    var params = new JsonObject().put("name", "add").put("arguments", arguments);
    assertThat(gateway.modern("tools/call", params).getJsonObject("result")).isNotNull();
    assertThat(registry.get("mcp.calls.open").gauge().value()).isZero();
  }

  private HttpRequest.Builder listen() {
    var wishes = new JsonObject().put("toolsListChanged", true);
    var body = RunningGateway.modernBody(
        "subscriptions/listen", new JsonObject().put("notifications", wishes));
    return stream("/mcp")
        .POST(BodyPublishers.ofString(body))
        .setHeader("Content-Type", "application/json")
        .setHeader("Accept", "application/json, text/event-stream")
        .setHeader("MCP-Protocol-Version", "2026-07-28")
        .setHeader("Mcp-Method", "subscriptions/listen");
  }

  private HttpRequest.Builder sessionStream(String session) {
    return stream("/mcp").setHeader("Mcp-Session-Id", session);
  }

  private HttpRequest.Builder connection() {
    return stream("/sse");
  }

  private HttpRequest.Builder stream(String path) {
    return HttpRequest.newBuilder(gateway.uri(path)).setHeader("Accept", "text/event-stream");
  }

  /** Returns when the response has begun. */
  private HttpResponse<InputStream> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static JsonObject body(HttpResponse<InputStream> response) throws IOException {
    try (var body = response.body()) {
      return new JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
