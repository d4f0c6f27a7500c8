package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How far a sync is, as an agent hears it of {@code sync_tracker}, and a person at a shell. */
@Timeout(120)
class SyncProgressTest {

  private static final int ISSUES = 248;

  /** The last one of a page is looked at again on the next. */
  private static final int LOOKED_AT = 250;

  @TempDir
  static Path directory;

  private static Trial trial;
  private static UmbelProcess gateway;
  private static URI endpoint;

  private final PagedTracker tracker = new PagedTracker(ISSUES);
  private final BlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();

  @BeforeAll
  static void up() throws IOException {
    trial = Trial.in(directory);
    var environment =
        Map.of("UMBEL_ISSUES_ALLOWED_DESTINATIONS", "127.0.0.1", "MCP_REQUIRE_AUTH", "false");
    gateway = trial.startWith(environment, "up", "--roles", "gateway,issues");
    endpoint = gateway.endpoint();
  }

  @AfterAll
  static void down() throws IOException {
    gateway.close();
  }

  @BeforeEach
  void addTracker() throws IOException {
    var key = Files.writeString(directory.resolve("key"), "ghp_ofThisTest").toString();
    run("add Code --type github --project acme/web --url " + tracker.url() + " --api-key-file "
        + key);
  }

  @AfterEach
  void removeTracker() throws IOException {
    run("remove Code --for-good");
    tracker.close();
  }

  @Test
  void anAgentHearsOfEachPageAndThenOfTheEnd() throws Exception {
    try (var client = connect()) {
      var first = calls(client);
      for (var page = 1; page <= 3; page++) {
        assertThat(next().progress()).isEqualTo((page - 1) * 100.0);
        tracker.answerUpTo(page);
      }
      var last = next();
      assertThat(last.progressToken()).isEqualTo("p");
      assertThat(last.progress()).isEqualTo(LOOKED_AT);
      assertThat(last.message()).isEqualTo("250 issues");
      var end = ended(first);
      assertThat(end.getInteger("done")).isEqualTo(LOOKED_AT);
      assertThat(end.getInteger("written")).isEqualTo(ISSUES);

      // What was done the time before is no progress of this one.
      tracker.answerUpTo(0);
      var second = calls(client);
      assertThat(next().progress()).isZero();
      tracker.answerUpTo(3);
      assertThat(next().progress()).isBetween(1.0, 9.0);
      assertThat(ended(second).getInteger("written")).isZero();
    }
  }

  private static CompletableFuture<CallToolResult> calls(McpSyncClient client) {
    var request = CallToolRequest.builder("sync_tracker")
        .arguments(Map.of("tracker", "Code"))
        .progressToken("p")
        .build();
    return CompletableFuture.supplyAsync(() -> client.callTool(request));
  }

  private JsonObject ended(CompletableFuture<CallToolResult> call) throws Exception {
    var result = call.get(20, TimeUnit.SECONDS);
    assertThat(result.isError()).as("%s", result).isNotEqualTo(true);
    assertThat(progress).isEmpty();
    var end = new JsonObject(Json.encode(result.structuredContent()));
    assertThat(end.getString("state")).isEqualTo("idle");
    return end;
  }

  @Test
  void aPersonAtAShellReadsOfEachPageAndThenOfTheEnd() throws IOException {
    try (var sync = trial.start("tracker", "sync", "Code", "--gateway", endpoint.toString())) {
      sync.awaitLine("^Code 0 issues$");
      tracker.answerUpTo(1);
      sync.awaitLine("^Code 100 issues$");
      tracker.answerUpTo(2);
      sync.awaitLine("^Code 200 issues$");
      tracker.answerUpTo(3);
      assertThat(sync.awaitLine("in sync"))
          .isEqualTo("Code is in sync: 250 issues looked at, 248 new or changed, 0 not kept");
      assertThat(sync.status()).isZero();
    }
  }

  private McpSyncClient connect() {
    var url = "http://127.0.0.1:" + endpoint.getPort();
    var transport =
        HttpClientStreamableHttpTransport.builder(url).endpoint("/mcp").build();
    var client = McpClient.sync(transport)
        .requestTimeout(Duration.ofSeconds(60))
        .progressConsumer(progress::add)
        .build();
    client.initialize();
    return client;
  }

  private ProgressNotification next() throws InterruptedException {
    var next = progress.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("a word of progress").isNotNull();
    return next;
  }

  private static void run(String words) throws IOException {
    var command = "tracker " + words + " --gateway " + endpoint;
    try (var process = trial.start(command.split(" "))) {
      assertThat(process.status()).as(process.stderr()).isZero();
    }
  }
}
