package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the audit trail a node takes with it that is killed under load. */
class AuditLossTest {

  private static final int CLIENTS = 8;
  private static final int ANSWERS = 1_500;

  /** What is written at once: the largest batch that can be on its way. */
  private static final int BATCH = 500;

  @TempDir
  private Path directory;

  private final DatabaseUrl database = TestDatabase.fresh();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> reads = ConcurrentHashMap.newKeySet();
  private final Set<String> writes = ConcurrentHashMap.newKeySet();
  private final CountDownLatch answered = new CountDownLatch(ANSWERS);

  @Test
  void aKilledNodeTakesOnlyReadsOfTheLastMomentWithIt() throws Exception {
    var environment = Map.of("UMBEL_DATABASE_URL", text(), "MCP_REQUIRE_AUTH", "false");
    var clients = Executors.newFixedThreadPool(CLIENTS);
    try (var node = Trial.in(directory)
        .startWith(environment, "up", "--roles", "gateway,demo," + ForeignJar.CLASS)) {
      var endpoint = node.endpoint();
      for (var i = 0; i < CLIENTS; i++) {
        var writing = i % 2 == 0;
        clients.execute(() -> callUntilItIsGone(endpoint, writing));
      }
      assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
      node.kill().status();
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    var onRecord = onRecord();
    assertThat(writes).hasSizeGreaterThan(50);
    assertThat(onRecord).as("writes that were answered").containsAll(writes);
    reads.removeAll(onRecord);
    assertThat(reads).as("reads that were answered and are not on record").hasSizeLessThan(BATCH);
  }

  private void callUntilItIsGone(URI endpoint, boolean writing) {
    var call = writing
        ? "{\"name\":\"greet\",\"arguments\":{\"name\":\"Ann\"},%s}"
        : "{\"name\":\"add\",\"arguments\":{\"a\":1,\"b\":2},%s}";
    var meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
        + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    var request = HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/json")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/call")
        .header("Mcp-Name", writing ? "greet" : "add")
        .POST(BodyPublishers.ofString(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                + call.formatted(meta)
                + "}"))
        .build();
    try {
      while (true) {
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"result\"").doesNotContain("\"isError\":true");
        (writing ? writes : reads)
            .add(answer.headers().firstValue("X-Correlation-Id").orElseThrow());
        answered.countDown();
      }
    } catch (IOException gone) {
      // That is the end of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> onRecord() {
    var found = new HashSet<String>();
    TestDatabase.query(database, "SELECT correlation_id FROM gateway.audit", found::add);
    return found;
  }

  private String text() {
    return "postgresql://" + database.user() + ":" + database.password() + "@" + database.place();
  }
}
