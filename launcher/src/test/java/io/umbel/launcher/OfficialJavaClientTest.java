package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewayVerticle;
import io.umbel.tools.demo.DemoTools;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java SDK of the protocol's authors, which knows revisions to 2025-11-25, is served. */
class OfficialJavaClientTest {

  private final Vertx vertx = Vertx.vertx();
  private McpSyncClient client;

  @AfterEach
  void close() {
    client.closeGracefully();
    vertx.close().await();
  }

  @Test
  void agreesOnTheNewestRevisionItKnows() {
    var agreed = connectOverHttp();

    assertThat(agreed.protocolVersion()).isEqualTo("2025-11-25");
    assertThat(agreed.serverInfo().name()).isEqualTo("umbel");
    assertThat(client.getServerCapabilities().tools()).isNotNull();
    assertThat(client.ping()).isNotNull();
  }

  @Test
  void listsTheTools() {
    connectOverHttp();

    assertThat(client.listTools().tools()).extracting(Tool::name).contains("add", "echo");
  }

  @Test
  void getsTheAnswerOfATool() {
    connectOverHttp();

    var sum = call("add", Map.of("a", 2, "b", 3));

    assertThat(sum.isError()).isNotEqualTo(true);
    assertThat(sum.structuredContent()).isEqualTo(Map.of("result", 5));
  }

  @Test
  void isToldOfABadArgumentAsAFailureOfTheTool() {
    connectOverHttp();
    client.listTools();

    var failure = call("add", Map.of("a", "x"));

    assertThat(failure.isError()).isTrue();
    assertThat(failure.content().toString()).contains("INVALID_ARGUMENT");
  }

  @Test
  void isToldOfAnUnknownToolAsAnError() {
    connectOverHttp();

    assertThatThrownBy(() -> call("no-such-tool", Map.of()))
        .isInstanceOfSatisfying(
            McpError.class, error -> assertThat(error.getJsonRpcError().code()).isEqualTo(-32602));
  }

  @Test
  void isServedOverStdioToo(@TempDir Path data) {
    var classPath = System.getProperty("java.class.path");
    var umbel = ServerParameters.builder(System.getProperty("java.home") + "/bin/java")
        .args("-cp", classPath, Umbel.class.getName(), "stdio", "--data", data.toString())
        .build();
    connect(new StdioClientTransport(umbel, McpJsonDefaults.getMapper()));

    assertThat(client.listTools().tools()).extracting(Tool::name).contains("add", "echo");
    assertThat(call("add", Map.of("a", 2, "b", 3)).structuredContent())
        .isEqualTo(Map.of("result", 5));
  }

  private InitializeResult connectOverHttp() {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    vertx.deployVerticle(new DemoTools()).await();
    var settings = GatewaySettings.defaults()
        .listeningOn(new Listening("127.0.0.1", 0, "/mcp"))
        .expecting(Set.of("demo"));
    var gateway = new GatewayVerticle(settings, new SimpleMeterRegistry());
    vertx.deployVerticle(gateway).await();
    var url = "http://127.0.0.1:" + gateway.port();
    return connect(
        HttpClientStreamableHttpTransport.builder(url).endpoint("/mcp").build());
  }

  private InitializeResult connect(McpClientTransport transport) {
    client = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build();
    return client.initialize();
  }

  private CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }
}
