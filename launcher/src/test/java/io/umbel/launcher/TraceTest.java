package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.SpanCollector.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace from the client through a gateway and the bus to a tool in another process. */
class TraceTest {

  private static final String SECRET_ARGUMENT = "confidential-argument";

  @TempDir
  static Path directory;

  private static SpanCollector collector;
  private static UmbelProcess gateway;
  private static UmbelProcess tools;
  private static URI endpoint;
  private static String token;

  @BeforeAll
  static void open() throws IOException {
    collector = new SpanCollector();
    var trial = Trial.in(directory);
    gateway = trial.startWith(
        Map.of("UMBEL_OTLP_ENDPOINT", collector.endpoint()),
        "up",
        "--cluster",
        "--roles",
        "gateway");
    endpoint = gateway.endpoint();
    token = trial.token();
    tools = trial.startWith(
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint() + "/"),
        "up",
        "--cluster",
        "--roles",
        ForeignJar.CLASS);
    tools.awaitLine("is ready");
  }

  @AfterAll
  static void close() throws IOException {
    gateway.close();
    tools.close();
    collector.close();
  }

  @Test
  void aCallIsOneTraceFromTheClientThroughBothProcesses() throws Exception {
    var trace = hex(16);
    var parent = hex(8);
    call("greet", "00-" + trace + "-" + parent + "-01", null);
    var spans = awaitSpans(trace, 3);
    assertThat(spans).extracting(Span::name).containsOnly("tools/call greet");
    var server = only(spans, parent);
    var sent = only(spans, server.id());
    var received = only(spans, sent.id());
    assertThat(server.process()).isEqualTo(sent.process()).isNotEqualTo(received.process());
    assertThat(server.tags())
        .containsEntry("mcp.method.name", "tools/call")
        .containsEntry("gen_ai.tool.name", "greet")
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("mcp.protocol.version", "2026-07-28")
        .containsEntry("umbel.correlation_id", "trace-test-1");
    assertThat(received.tags()).containsEntry("umbel.correlation_id", "trace-test-1");
    assertThat(collector.all().toString()).doesNotContain(SECRET_ARGUMENT);
  }

  @Test
  void aTraceOfTheHttpHeaderIsTakenWhereTheMessageSaysNothing() throws Exception {
    var trace = hex(16);
    call("greet", null, "00-" + trace + "-" + hex(8) + "-01");
    assertThat(awaitSpans(trace, 3)).hasSize(3);
  }

  @Test
  void theMessageGoesBeforeTheHeader() throws Exception {
    var trace = hex(16);
    var other = hex(16);
    call("greet", "00-" + trace + "-" + hex(8) + "-01", "00-" + other + "-" + hex(8) + "-01");
    assertThat(awaitSpans(trace, 3)).hasSize(3);
    assertThat(collector.of(other)).isEmpty();
  }

  @Test
  void whatAClientMakesUpIsInNoSpan() throws Exception {
    var trace = hex(16);
    call("made-up-name", "00-" + trace + "-" + hex(8) + "-01", null);
    var span = awaitSpans(trace, 1).get(0);
    assertThat(span.name()).isEqualTo("tools/call");
    assertThat(span.tags())
        .containsEntry("error.type", "-32602")
        .doesNotContainKey("gen_ai.tool.name");
    assertThat(collector.all().toString()).doesNotContain("made-up-name");
  }

  private static Span only(List<Span> spans, String parent) {
    var children = spans.stream().filter(span -> span.parent().equals(parent)).toList();
    assertThat(children).as("children of %s in %s", parent, spans).hasSize(1);
    return children.get(0);
  }

  private static List<Span> awaitSpans(String trace, int count) {
    var until = System.nanoTime() + 20_000_000_000L;
    while (collector.of(trace).size() < count && System.nanoTime() < until) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(collector.of(trace)).as(gateway.stderr()).hasSizeGreaterThanOrEqualTo(count);
    return collector.of(trace);
  }

  private static void call(String tool, String inMeta, String inHeader) throws Exception {
    var meta = JsonObject.of(
        "io.modelcontextprotocol/protocolVersion",
        "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities",
        new JsonObject());
    if (inMeta != null) {
      meta.put("traceparent", inMeta);
    }
    var params = JsonObject.of(
        "name", tool, "arguments", JsonObject.of("name", SECRET_ARGUMENT), "_meta", meta);
    var body = JsonObject.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", params);
    var request = HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/json")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/call")
        .header("Mcp-Name", tool)
        .header("X-Correlation-Id", "trace-test-1")
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString(body.encode()));
    if (inHeader != null) {
      request.header("traceparent", inHeader);
    }
    HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String hex(int bytes) {
    var random = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
