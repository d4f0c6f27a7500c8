package io.umbel.conformance.through;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that the project did not write, by each of its transports. Runs where
 * {@code SERVER_EVERYTHING} names the {@code dist/index.js} of npm's
 * {@code @modelcontextprotocol/server-everything}, and {@code node} is there.
 */
@Timeout(90)
@EnabledIfEnvironmentVariable(named = "SERVER_EVERYTHING", matches = ".+")
class EverythingServerTest {

  private static final String SCRIPT = String.valueOf(System.getenv("SERVER_EVERYTHING"));
  private static final List<Process> PROCESSES = new ArrayList<>();

  private static Federation federation;

  @BeforeAll
  static void open() throws IOException {
    federation = new Federation();
    federation.front(
        Federation.server("stdio", new Endpoint.Stdio("node", List.of(SCRIPT, "stdio"), Map.of())),
        Federation.server(
            "http", new Endpoint.Http(started("streamableHttp", "/mcp"), new Credentials.None())),
        Federation.server("sse", new Endpoint.Sse(started("sse", "/sse"), new Credentials.None())));
  }

  @AfterAll
  static void close() {
    PROCESSES.forEach(Process::destroy);
    federation.close();
  }

  static Stream<Arguments> pairs() {
    return Stream.of("stdio", "http", "sse")
        .flatMap(
            server -> Stream.of(Arguments.of("modern", server), Arguments.of("legacy", server)));
  }

  @ParameterizedTest(name = "a {0} client, by {1}")
  @MethodSource("pairs")
  void answersAndAsks(String era, String server) {
    var uri = federation.endpoint("");
    var client = era.equals("modern") ? new ModernClient(uri) : new LegacyClient(uri);
    awaitTool(client, server + "_trigger-elicitation-request");
    var sum = client.call(server + "_get-sum", new JsonObject("{\"a\":2,\"b\":3.5}"));
    assertThat(sum.encode()).contains("5.5");
    var image = client.call(server + "_get-tiny-image", new JsonObject());
    assertThat(image.encode()).contains("\"type\":\"image\"", "image/png");
    var structured = client.call(
        server + "_get-structured-content", new JsonObject("{\"location\":\"Chicago\"}"));
    assertThat(structured.getJsonObject("structuredContent").containsKey("temperature"))
        .isTrue();
    var broken = client.call(server + "_get-sum", new JsonObject("{\"a\":\"x\"}"));
    assertThat(broken.getBoolean("isError")).isTrue();
    var form = client.call(server + "_trigger-elicitation-request", new JsonObject());
    assertThat(form.encode()).contains("User provided the requested information");
    var sampled =
        client.call(server + "_trigger-sampling-request", new JsonObject("{\"prompt\":\"ping\"}"));
    assertThat(sampled.encode()).contains("pong");
    assertThat(client.asked).contains("elicitation/create", "sampling/createMessage");
    var prompt = new JsonObject().put("name", server + "_simple-prompt");
    assertThat(client.request("prompts/get", prompt).getJsonArray("messages")).isNotEmpty();
  }

  @ParameterizedTest(name = "a {0} client, by {1}")
  @MethodSource("pairs")
  void tellsHowFarItHasCome(String era, String server) {
    var uri = federation.endpoint("");
    var client = era.equals("modern") ? new ModernClient(uri) : new LegacyClient(uri);
    awaitTool(client, server + "_trigger-long-running-operation");
    client.call(
        server + "_trigger-long-running-operation", new JsonObject("{\"duration\":1,\"steps\":4}"));
    assertThat(client.told.stream()
            .filter(each -> each.getString("method").equals("notifications/progress")))
        .hasSize(4);
  }

  private static URI started(String transport, String path) throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var builder = new ProcessBuilder("node", SCRIPT, transport).redirectErrorStream(true);
    builder.environment().put("PORT", Integer.toString(port));
    var process = builder.start();
    PROCESSES.add(process);
    var lines = process.inputReader();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("port " + port)) {
        var drain = new Thread(() -> lines.lines().forEach(rest -> {}));
        drain.setDaemon(true);
        drain.start();
        return URI.create("http://127.0.0.1:" + port + path);
      }
    }
    throw new IOException(transport + " ended at once");
  }

  private static void awaitTool(Client client, String tool) {
    var deadline = System.nanoTime() + 40_000_000_000L;
    while (!client.names("tools/list", "tools", "name").contains(tool)) {
      assertThat(System.nanoTime()).as("the server was found").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
