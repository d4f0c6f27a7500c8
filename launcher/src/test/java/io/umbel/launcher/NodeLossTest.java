package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.client.McpClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways, tool nodes that come and go, and a client that calls all the while. */
class NodeLossTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String[] GATEWAY = {"up", "--cluster", "--roles", "gateway"};
  private static final String[] TOOLS = {"up", "--cluster", "--roles", "demo"};

  @TempDir
  static Path directory;

  private static Vertx vertx;
  private static Trial trial;
  private static UmbelProcess first;
  private static UmbelProcess second;
  private static URI here;
  private static URI there;
  private static McpClient client;
  private static String token;

  @BeforeAll
  static void open() throws IOException {
    vertx = Vertx.vertx();
    trial = Trial.in(directory);
    first = trial.start(GATEWAY);
    here = first.endpoint();
    second = trial.start(GATEWAY);
    there = second.endpoint();
    token = trial.token();
    client = new McpClient(vertx, here, token);
  }

  @AfterAll
  static void close() throws IOException {
    vertx.close().await();
    first.close();
    second.close();
  }

  @Test
  void costsNobodyAReadWhetherANodeIsKilledOrStopped() throws IOException {
    try (var killed = tools();
        var stopped = tools()) {
      await("a tool", () -> offers("add"));
      var load = SteadyLoad.of(client, 8);
      awaitMore(load, 200);
      killed.kill().status();
      awaitMore(load, 200);
      try (var late = tools()) {
        assertThat(late.isAlive()).isTrue();
        awaitMore(load, 200);
        stopped.terminate().status();
        awaitMore(load, 200);
        assertThat(load.end()).as(first.stderr()).isEmpty();
      }
      await("an empty list", () -> !offers("add"));
      var failure =
          client.call("add", new JsonObject()).map("answered").otherwise(Throwable::getMessage);
      assertThat(failure.await()).contains("Unknown tool: add");
    }
    try (var again = tools()) {
      assertThat(again.isAlive()).isTrue();
      await("the tool again", () -> offers("add"));
    }
  }

  @Test
  void goesOnAtAnotherGatewayWithASessionThatBeganAtTheFirst() {
    var initialize = """
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion":
         "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}""";
    var session =
        post(here, initialize, "").headers().firstValue("Mcp-Session-Id").orElseThrow();
    var list = "{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\"}";
    assertThat(post(there, list, session).statusCode()).isEqualTo(200);
    assertThat(send(request(here, session).DELETE()).statusCode()).isEqualTo(200);
    await("the end of it", () -> post(there, list, session).statusCode() == 404);
  }

  private static UmbelProcess tools() throws IOException {
    var node = trial.start(TOOLS);
    assertThat(node.awaitLine("ready")).isNotEmpty();
    return node;
  }

  private static boolean offers(String tool) {
    return client.tools().await().stream().anyMatch(each -> tool.equals(each.getString("name")));
  }

  private static void awaitMore(SteadyLoad load, long more) {
    var enough = load.answered() + more;
    await(more + " more answers", () -> load.answered() >= enough);
  }

  private static void await(String what, BooleanSupplier happened) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting for %s", what).isLessThan(until);
      vertx.timer(20).await();
    }
  }

  private static HttpResponse<String> post(URI uri, String body, String session) {
    return send(request(uri, session).POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(URI uri, String session) {
    var request = HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token);
    return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
