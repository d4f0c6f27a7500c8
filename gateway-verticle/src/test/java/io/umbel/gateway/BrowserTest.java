package io.umbel.gateway;

import static io.umbel.gateway.RunningGateway.modernBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.GatewaySettings.Trust;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages in a browser: those of allowed origins may read answers, others get nowhere. */
class BrowserTest {

  private static final String ALLOWED = "https://console.example";

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    var trust = new Trust(List.of(ALLOWED), List.of());
    gateway = new RunningGateway(GatewaySettings.defaults().trusting(trust), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aPageOfAnAllowedOriginMayReadItsAnswer() {
    var answer = gateway.post(
        modernBody("tools/list", new JsonObject()),
        "Origin",
        ALLOWED,
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/list");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ALLOWED);
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
        .hasValue("Mcp-Session-Id, X-Correlation-Id, Retry-After, WWW-Authenticate");
  }

  @Test
  void itsBrowserIsToldBeforehandWhatItMaySend() {
    var answer = preflight(ALLOWED);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("POST, GET, DELETE");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("content-type, mcp-method");
  }

  @Test
  void thatOfAnotherOriginIsToldNothing() {
    var answer = preflight("https://evil.example");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private static java.net.http.HttpResponse<String> preflight(String origin) {
    var request =
        HttpRequest.newBuilder(gateway.uri("/mcp")).method("OPTIONS", BodyPublishers.noBody());
    return gateway.send(
        request,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "content-type, mcp-method");
  }
}
