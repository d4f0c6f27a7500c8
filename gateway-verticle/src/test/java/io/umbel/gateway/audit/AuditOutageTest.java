package io.umbel.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.SampleTools;
import io.umbel.storage.embedded.EmbeddedPostgres;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AuditOutageTest {

  private static final Path DIRECTORY = Path.of("target", "postgres-to-lose");
  private static final JsonObject SUM = new JsonObject().put("a", 1).put("b", 2);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private EmbeddedPostgres postgres;
  private RunningGateway gateway;
  private int before;

  @BeforeEach
  void start() {
    postgres = EmbeddedPostgres.start(DIRECTORY);
  }

  @AfterEach
  void stop() {
    gateway.vertx().close().await();
    postgres.stop();
  }

  @Test
  void whatMayChangeSomethingIsRefusedWhileItCannotBeOnRecord() {
    open(GatewaySettings.defaults());
    call("meta", new JsonObject());
    postgres.stop();

    var unrecorded = call("meta", new JsonObject());
    assertThat(error(unrecorded).getString("code")).isEqualTo("INTERNAL");
    assertThat(error(unrecorded).getBoolean("retryable")).isFalse();
    assertThat(error(unrecorded).getString("message")).isEqualTo(RecordedCalls.NOT_YET);

    var refused = call("meta", new JsonObject());
    assertThat(error(refused).getString("code")).isEqualTo("UPSTREAM_ERROR");
    assertThat(error(refused).getBoolean("retryable")).isTrue();
    assertThat(error(refused).getString("message")).isEqualTo(RecordedCalls.NOT_NOW);
    assertThat(sum(call("add", SUM))).isEqualTo(3);
    assertThat(registry.get("mcp.audit.failures").counter().count()).isPositive();

    postgres = EmbeddedPostgres.start(DIRECTORY);
    try (var records = new Records(postgres.url())) {
      var rows = records.await(before + 4);
      assertThat(rows.subList(before, rows.size()))
          .extracting(row -> row.getString("tool") + " " + row.getString("status"))
          .containsExactly("meta succeeded", "meta succeeded", "meta refused", "add succeeded");
      assertThat(records.verify().getBoolean("intact")).isTrue();
      while (call("meta", new JsonObject()).encode().contains("isError\":true")) {
        records.rows(); // until the gateway has noticed
      }
    }
  }

  @Test
  void healthSaysThatTheDatabaseIsAway() {
    open(GatewaySettings.defaults());
    assertThat(health().getString("status")).isEqualTo("ready");
    assertThat(health().getJsonObject("dependencies").getJsonObject("postgres").getBoolean("ok"))
        .isTrue();
    postgres.stop();
    assertThat(health().getString("status")).isEqualTo("degraded");
    var postgresSays = health().getJsonObject("dependencies").getJsonObject("postgres");
    assertThat(postgresSays.getBoolean("ok")).isFalse();
    assertThat(postgresSays.getString("error")).isEqualTo("no answer");
    assertThat(postgresSays.getDouble("latency_ms")).isLessThan(2000);
    postgres = EmbeddedPostgres.start(DIRECTORY);
  }

  private JsonObject health() {
    var answer =
        gateway.send(HttpRequest.newBuilder(gateway.uri("/health/ready")).GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  @Test
  void isNotRefusedWhereTheOperatorWantsItSo() {
    var open = AuditSettings.USUAL.failingClosed(false);
    var settings = GatewaySettings.defaults();
    open(settings.guardedBy(settings.guards().auditing(open)));
    postgres.stop();
    for (var i = 0; i < 3; i++) {
      assertThat(call("meta", new JsonObject()).encode()).doesNotContain("isError\":true");
    }
    postgres = EmbeddedPostgres.start(DIRECTORY);
    try (var records = new Records(postgres.url())) {
      assertThat(records.await(before + 3)).hasSize(before + 3);
    }
  }

  @Test
  void rowsThatFindNoRoomAreCounted() {
    var small = new AuditSettings(true, 5, 100, Duration.ofMillis(1));
    var settings = GatewaySettings.defaults();
    open(settings.guardedBy(settings.guards().auditing(small)));
    postgres.stop();
    for (var i = 0; i < 8; i++) {
      assertThat(sum(call("add", SUM))).isEqualTo(3);
    }
    assertThat(registry.get("mcp.audit.rows").tag("result", "refused").counter().count())
        .isEqualTo(3);
    assertThat(registry.get("mcp.audit.queue").gauge().value()).isEqualTo(5);
    postgres = EmbeddedPostgres.start(DIRECTORY);
  }

  private void open(GatewaySettings settings) {
    try (var records = new Records(postgres.url())) {
      before = records.rows().size();
    }
    gateway = new RunningGateway(postgres.url(), registry, settings, new SampleTools());
    gateway.modern("tools/list", new JsonObject()); // what the account has is known from here on
  }

  private JsonObject call(String tool, JsonObject arguments) {
    return gateway
        .modern("tools/call", new JsonObject().put("name", tool).put("arguments", arguments))
        .getJsonObject("result");
  }

  private static JsonObject error(JsonObject result) {
    return result.getJsonObject("structuredContent").getJsonObject("error");
  }

  private static int sum(JsonObject result) {
    return result.getJsonObject("structuredContent").getInteger("result");
  }
}
