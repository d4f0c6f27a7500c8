package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running node tells of itself: its log, and what the dashboard shows. */
class ObservedTest {

  private static final Pattern METRIC =
      Pattern.compile("\\b(mcp|jvm|process|system|vertx)_[a-z0-9_]+");

  @TempDir
  static Path directory;

  private static final CountingServer server = new CountingServer();
  private static UmbelProcess node;
  private static URI endpoint;
  private static String token;

  @BeforeAll
  static void up() throws Exception {
    var nobody = "http://127.0.0.1:" + Trial.freePort(); // so that a library has something to say
    var trial = Trial.in(directory);
    var settings = Map.of(
        "UMBEL_OTLP_ENDPOINT",
        nobody,
        "UMBEL_REGISTRY_ALLOWED_DESTINATIONS",
        "127.0.0.1",
        "MCP_CLIENT_SERVER_CONFIGS",
        upstream());
    node = trial.startWith(settings, "up", "--roles", "gateway,registry," + ForeignJar.CLASS);
    endpoint = node.endpoint();
    token = trial.token();
    call("observed-1", "greet", JsonObject.of("name", "private-argument"));
    call("observed-2", "no-such-tool", new JsonObject());
    await(() -> !call("observed-3", "counting_count", new JsonObject()).body().contains("Unknown"));
  }

  private static String upstream() {
    return new JsonObject()
        .put("name", "counting")
        .put("enabled", true)
        .put("url", server.url().toString())
        .encode();
  }

  @AfterAll
  static void down() throws IOException {
    node.close();
    server.close();
  }

  @Test
  void eachRequestHasALineWhenItComesAndOneWhenItIsAnswered() {
    await(() -> linesOf("observed-1").size() == 2);
    var lines = linesOf("observed-1");
    assertThat(lines)
        .extracting(line -> line.getString("msg"))
        .containsExactly("request", "response");
    for (var line : lines) {
      assertThat(line.getString("subject")).isNotEmpty();
      assertThat(line.getString("account_id")).isNotEmpty();
      assertThat(line.getString("method")).isEqualTo("tools/call");
      assertThat(line.getString("tool")).isEqualTo("greet");
    }
    assertThat(lines.get(1).getInteger("status")).isEqualTo(200);
    assertThat(lines.get(1).getDouble("duration_ms")).isPositive();
  }

  @Test
  void everyLineIsAnObjectWithTheSameMembersAlsoThoseOfLibraries() {
    await(() -> lines().stream().anyMatch(line -> logger(line).startsWith("io.opentelemetry")));
    assertThat(lines()).isNotEmpty().allSatisfy(line -> {
      assertThat(Instant.parse(line.getString("ts").replace("+00:00", "Z"))).isNotNull();
      assertThat(line.getString("level")).isIn("ERROR", "WARN", "INFO", "DEBUG", "TRACE");
      assertThat(logger(line)).isNotEmpty();
      assertThat(line.getString("msg")).isNotNull();
    });
    assertThat(lines()).anyMatch(line -> logger(line).startsWith("io.opentelemetry"));
  }

  @Test
  void noLineTellsAnArgument() {
    await(() -> linesOf("observed-1").size() == 2);
    assertThat(node.stderr()).doesNotContain("private-argument");
  }

  @Test
  void whatTheSqlClientCountsIsNeitherShownNorWarnedOf() {
    await(() -> exposed().contains("mcp_http_requests_total"));
    assertThat(exposed()).noneMatch(name -> name.startsWith("vertx_sql"));
    assertThat(lines()).noneMatch(line -> logger(line).startsWith("io.micrometer"));
  }

  @Test
  void everyQueryOfTheDashboardNamesAMetricThatIsThere() throws Exception {
    var wanted = queries().stream()
        .flatMap(query -> METRIC.matcher(query).results())
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(wanted).hasSizeGreaterThan(10);
    await(() -> exposed().containsAll(wanted));
    assertThat(exposed()).containsAll(wanted);
  }

  @Test
  void everyPanelOfTheDashboardAsksForSomething() throws Exception {
    assertThat(queries())
        .hasSizeGreaterThan(15)
        .allMatch(query -> METRIC.matcher(query).find());
  }

  /** The expressions of all panels, and those that fill the choices. */
  private static List<String> queries() throws IOException {
    var file = UmbelProcess.home().resolve("docker/grafana/umbel.json");
    var dashboard = new JsonObject(Files.readString(file));
    var panels = dashboard.getJsonArray("panels").stream()
        .map(JsonObject.class::cast)
        .filter(panel -> !panel.getString("type").equals("row"))
        .flatMap(panel -> panel.getJsonArray("targets", new JsonArray()).stream())
        .map(target -> ((JsonObject) target).getString("expr"));
    var choices = dashboard.getJsonObject("templating").getJsonArray("list").stream()
        .map(JsonObject.class::cast)
        .filter(choice -> choice.getString("type").equals("query"))
        .map(choice -> choice.getString("query"));
    return Stream.concat(panels, choices).toList();
  }

  private static Set<String> exposed() {
    var request = HttpRequest.newBuilder(endpoint.resolve("/metrics")).build();
    return send(request)
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  private static List<JsonObject> linesOf(String correlationId) {
    return lines().stream()
        .filter(line -> correlationId.equals(line.getString("correlation_id")))
        .toList();
  }

  /** Whole lines only: the last one may still be written. */
  private static List<JsonObject> lines() {
    var log = node.stderr();
    return log.substring(0, log.lastIndexOf('\n') + 1)
        .lines()
        .map(JsonObject::new)
        .toList();
  }

  private static String logger(JsonObject line) {
    return line.getString("logger");
  }

  private static void await(BooleanSupplier condition) {
    var until = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(condition.getAsBoolean()).as(node.stderr()).isTrue();
  }

  private static HttpResponse<String> call(
      String correlationId, String tool, JsonObject arguments) {
    var meta = JsonObject.of(
        "io.modelcontextprotocol/protocolVersion",
        "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities",
        new JsonObject());
    var params = JsonObject.of("name", tool, "arguments", arguments, "_meta", meta);
    var body = JsonObject.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", params);
    return send(HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/json")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/call")
        .header("Mcp-Name", tool)
        .header("X-Correlation-Id", correlationId)
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString(body.encode()))
        .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
