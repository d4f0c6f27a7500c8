package io.umbel.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.gateway.Gates;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.PlayedServers;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.SampleTools;
import io.umbel.gateway.Talk;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordedCallsTest {

  private final DatabaseUrl database = TestDatabase.fresh();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RunningGateway gateway;
  private Records records;

  @BeforeEach
  void open() {
    gateway = new RunningGateway(database, registry, GatewaySettings.defaults(), new SampleTools());
    records = new Records(database);
  }

  @AfterEach
  void close() {
    gateway.close();
    records.close();
  }

  @Test
  void aCallThatReadsIsOnRecordSoon() {
    call("add", new JsonObject().put("a", 1234567).put("b", 2));
    var row = records.await(1).get(0);
    assertThat(row.getString("account_id")).isEqualTo("local");
    assertThat(row.getString("user_id")).isEqualTo("local");
    assertThat(row.getString("action")).isEqualTo("tool_call");
    assertThat(row.getString("tool")).isEqualTo("add");
    assertThat(row.getString("server")).isEqualTo("sample");
    assertThat(row.getString("status")).isEqualTo("succeeded");
    assertThat(row.getString("policy_decision")).isEqualTo("allow");
    assertThat(row.getString("client_ip")).isEqualTo("127.0.0.1");
    assertThat(row.getDouble("duration_ms")).isPositive();
    assertThat(row.getJsonObject("arguments_summary").encode()).isEqualTo("{\"a\":7,\"b\":1}");
    assertThat(row.getString("arguments_hash")).hasSize(64);
    assertThat(row.encode()).doesNotContain("1234567");
    assertThat(row.fieldNames())
        .containsAll(List.of("agent_id", "project_id", "rule_id", "error_code"));
  }

  @Test
  void aCallOfAnUpstreamToolIsOnRecordByItsListedNameWhereverItWasCalled() {
    var servers = new PlayedServers().give("local", "files", "read");
    gateway.vertx().deployVerticle(servers).await();
    Gates.until(() -> call("files_read", new JsonObject()).containsKey("result"), true);
    var before = records.rows().size();
    var own = Talk.to(gateway.port(), "/mcp/servers/files");
    var body =
        Talk.body(new JsonObject(RunningGateway.modernBody("tools/call", Talk.tool("read"))));
    var answer = gateway.send(
        own.POST(body),
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        "read");
    assertThat(answer.body()).contains("files read");

    var row = records.await(before + 1).get(before);
    assertThat(row.getString("tool")).isEqualTo("files_read");
    assertThat(row.getString("server")).isEqualTo("played");
    assertThat(records.rows().get(before - 1).getString("tool")).isEqualTo("files_read");
  }

  @Test
  void aCallThatMayChangeSomethingIsOnRecordBeforeItsAnswer() {
    for (var i = 1; i <= 20; i++) {
      call("meta", new JsonObject().put("any", i));
      assertThat(records.rows()).hasSize(i);
    }
  }

  @Test
  void whatWaitsToBeWrittenWhenTheGatewayStopsIsOnRecordBeforeItHas() {
    var patient = new AuditSettings(true, 100, 100, Duration.ofMinutes(1));
    var settings = GatewaySettings.defaults();
    gateway.close();
    gateway = new RunningGateway(
        database,
        registry,
        settings.guardedBy(settings.guards().auditing(patient)),
        new SampleTools());
    call("meta", new JsonObject()); // is written at once, and leaves nothing that waits
    for (var i = 0; i < 3; i++) {
      call("add", new JsonObject().put("a", i).put("b", 2));
    }
    assertThat(records.rows()).hasSize(1);
    gateway.vertx().close().await();
    assertThat(records.rows()).hasSize(4);
  }

  @Test
  void whatIsRefusedOrFailsIsOnRecordToo() {
    call("nothing-like-it", new JsonObject());
    call("refuse", new JsonObject());
    call("throw", new JsonObject());
    call("late", new JsonObject());
    assertThat(records.await(4))
        .extracting(
            row -> row.getString("tool"),
            row -> row.getString("status"),
            row -> row.getString("error_code"),
            row -> row.getString("policy_decision"))
        .contains(
            tuple("nothing-like-it", "refused", "-32602", "deny"),
            tuple("refuse", "failed", "NOT_FOUND", "allow"),
            tuple("throw", "failed", "-32603", "allow"),
            tuple("late", "failed", "UPSTREAM_TIMEOUT", "allow"));
  }

  @Test
  void namesThatPostgresCannotKeepAreKeptAsFarAsItCan() {
    gateway.post(
        RunningGateway.modernBody(
                "tools/call",
                new JsonObject().put("name", "NAME").put("arguments", new JsonObject()))
            .replace("NAME", "a\\u0000b\\ud800" + "c".repeat(500)),
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        "x");
    var session = gateway.initialize("2025-11-25");
    var body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\\u0000b"
            + "\\ud800" + "c".repeat(500) + "\",\"arguments\":{\"\\u0000\":1}}}";
    gateway.post(body, "Mcp-Session-Id", session);
    call("meta", new JsonObject());
    assertThat(records.await(2)).extracting(row -> row.getString("tool")).contains("meta");
    assertThat(records.verify().getBoolean("intact")).isTrue();
  }

  @Test
  void nothingIsLostWhereItEndsInOrder() {
    var patient = new AuditSettings(true, 1000, 500, Duration.ofMinutes(1));
    var settings = GatewaySettings.defaults();
    var guards = settings.guards().auditing(patient);
    try (var ending =
        new RunningGateway(database, registry, settings.guardedBy(guards), new SampleTools())) {
      IntStream.range(0, 300)
          .parallel()
          .forEach(i -> ending.modern(
              "tools/call",
              new JsonObject()
                  .put("name", "add")
                  .put("arguments", new JsonObject().put("a", i).put("b", 1))));
      assertThat(records.rows()).isEmpty();
      ending.stop();
      assertThat(records.rows()).hasSize(300);
      assertThat(registry.get("mcp.audit.failures").counter().count()).isZero();
    }
    assertThat(records.verify()).isEqualTo(new JsonObject().put("intact", true).put("rows", 300));
  }

  @Test
  void countsItself() {
    call("meta", new JsonObject());
    assertThat(registry.get("mcp.audit.rows").tag("result", "written").counter().count())
        .isOne();
    assertThat(registry.get("mcp.audit.queue").gauge().value()).isZero();
    assertThat(registry.get("mcp.audit.failures").counter().count()).isZero();
  }

  @Test
  void twoGatewaysHangTheirRowsOnOneChain() {
    try (var other = new RunningGateway(
        database, new SimpleMeterRegistry(), GatewaySettings.defaults(), new SampleTools())) {
      IntStream.range(0, 400).parallel().forEach(i -> {
        var at = i % 2 == 0 ? gateway : other;
        at.modern(
            "tools/call",
            new JsonObject().put("name", i % 3 == 0 ? "meta" : "add").put("arguments", sum(i)));
      });
      assertThat(records.await(400))
          .hasSize(400)
          .extracting(row -> row.getString("id"))
          .doesNotHaveDuplicates();
      assertThat(records.verify())
          .isEqualTo(new JsonObject().put("intact", true).put("rows", 400));
    }
  }

  private static JsonObject sum(int i) {
    return i % 3 == 0 ? new JsonObject() : new JsonObject().put("a", i).put("b", 1);
  }

  private JsonObject call(String tool, JsonObject arguments) {
    return gateway.modern(
        "tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
  }
}
