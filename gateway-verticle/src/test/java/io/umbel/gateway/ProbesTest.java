package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.call.PatientInstance;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever runs a gateway is told: alive, ready, counted. */
class ProbesTest {

  private static final JsonObject NOT_HEARD_OF =
      JsonObject.of("ok", false, "latency_ms", 0, "error", "not heard of");

  private final SampleTools tools = new SampleTools();
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    gateway = new RunningGateway(Clock.systemUTC(), registry, GatewaySettings.defaults(), tools);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aGatewayThatAnswersIsAlive() {
    var live = get("/health/live");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(live.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void aGatewayWhoseProvidersAnswerIsReady() {
    var ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    var body = new JsonObject(ready.body());
    assertThat(body.getString("status")).isEqualTo("ready");
    var sample = body.getJsonObject("dependencies").getJsonObject("sample");
    assertThat(sample.fieldNames()).containsExactlyInAnyOrder("ok", "latency_ms");
    assertThat(sample.getBoolean("ok")).isTrue();
    assertThat(sample.getDouble("latency_ms")).isBetween(0.0, 10_000.0);
  }

  @Test
  void aGatewayWithoutAProviderItExpectsIsNotReady() {
    gateway.undeploy(tools);
    var ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(ready.body()))
        .isEqualTo(JsonObject.of(
            "status", "degraded", "dependencies", JsonObject.of("sample", NOT_HEARD_OF)));
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aGatewayThatLeavesIsNotReady() {
    gateway.leave();
    var ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("{\"status\":\"leaving\"}");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aGatewayWhoseExpectedProviderDoesNotAnswerIsNotReady() {
    var settings = GatewaySettings.defaults()
        .listeningOn(new Listening("127.0.0.1", 0, "/mcp"))
        .expecting(Set.of("sample", "patient"));
    new PatientInstance(gateway.vertx(), "a", "elsewhere");
    var strict = new GatewayVerticle(settings, new SimpleMeterRegistry());
    gateway.vertx().deployVerticle(strict).await();
    try (var connection = new RawConnection(strict.port())) {
      var request = RawConnection.request("GET /health/ready HTTP/1.1", new byte[0], "Host: x");
      var answer = connection.send(request).read();
      assertThat(answer.status()).isEqualTo(503);
      var dependencies = new JsonObject(answer.body()).getJsonObject("dependencies");
      var patient = dependencies.getJsonObject("patient");
      assertThat(patient.getBoolean("ok")).isFalse();
      assertThat(patient.getString("error")).isEqualTo("no answer");
      assertThat(dependencies.getJsonObject("sample").getBoolean("ok")).isTrue();
    }
  }

  @Test
  void aProviderNobodyExpectsMakesNoGatewayUnready() {
    new PatientInstance(gateway.vertx(), "a", "elsewhere");
    gateway.modern("server/discover", new JsonObject());
    var ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    var patient =
        new JsonObject(ready.body()).getJsonObject("dependencies").getJsonObject("patient");
    assertThat(patient.getBoolean("ok")).isFalse();
  }

  @Test
  void whatWasAskedIsCounted() {
    call("add", JsonObject.of("a", 1, "b", 2));
    call("add", JsonObject.of("a", 1, "b", 2));
    call("add", JsonObject.of("a", "x"));
    call("refuse", new JsonObject());
    call("nobody-knows", new JsonObject());
    call("unknown", new JsonObject());
    gateway.post("nonsense");
    var text = metrics();
    assertThat(text)
        .contains("mcp_http_requests_total{method=\"POST\",status_code=\"200\"} 6.0\n")
        .contains("mcp_http_requests_total{method=\"POST\",status_code=\"400\"} 1.0\n")
        .contains("mcp_http_request_duration_seconds_count{method=\"POST\"} 7\n")
        .contains("mcp_http_request_duration_seconds_bucket{method=\"POST\",le=\"0.001\"}")
        .contains("mcp_tool_calls_total{status=\"succeeded\",tool=\"add\"} 2.0\n")
        .contains("mcp_tool_calls_total{status=\"failed\",tool=\"add\"} 1.0\n")
        .contains("mcp_tool_calls_total{status=\"failed\",tool=\"refuse\"} 1.0\n")
        .contains("mcp_tool_calls_total{status=\"refused\",tool=\"unknown\"} 2.0\n")
        .contains("mcp_tool_call_duration_seconds_count{status=\"succeeded\",tool=\"add\"} 2\n")
        .doesNotContain("nobody-knows");
  }

  @Test
  void noClientMakesLabels() {
    for (var method : new String[] {"BREW", "X1", "X2", "PUT"}) {
      var request =
          HttpRequest.newBuilder(gateway.uri("/mcp")).method(method, BodyPublishers.noBody());
      assertThat(gateway.send(request).statusCode()).isEqualTo(405);
    }
    assertThat(metrics())
        .contains("mcp_http_requests_total{method=\"other\",status_code=\"405\"} 3.0\n")
        .contains("mcp_http_requests_total{method=\"PUT\",status_code=\"405\"} 1.0\n")
        .doesNotContain("BREW");
  }

  @Test
  void aGatewayThatDoesNotCountForPrometheusHasNothingToTell() {
    try (var other = new RunningGateway(GatewaySettings.defaults(), new SampleTools())) {
      var response = other.send(HttpRequest.newBuilder(other.uri("/metrics")));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }
  }

  private void call(String tool, JsonObject arguments) {
    gateway.modern("tools/call", JsonObject.of("name", tool, "arguments", arguments));
  }

  private String metrics() {
    var response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    return response.body();
  }

  private HttpResponse<String> get(String path) {
    return gateway.send(HttpRequest.newBuilder(gateway.uri(path)));
  }
}
