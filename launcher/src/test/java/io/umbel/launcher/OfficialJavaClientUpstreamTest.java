package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewayVerticle;
import io.umbel.launcher.node.RegistryPlan;
import io.umbel.launcher.settings.Layer;
import io.umbel.launcher.settings.Settings;
import io.umbel.registry.RegistryVerticle;
import io.umbel.tools.demo.DemoTools;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java SDK of the protocol's authors uses a server that its gateway has for an upstream. */
@Timeout(60)
class OfficialJavaClientUpstreamTest {

  private final Vertx behind = vertx();
  private final Vertx front = vertx();
  private McpSyncClient client;
  private int port;

  @TempDir
  private Path data;

  @BeforeEach
  void open() {
    deploy(behind, new DemoTools());
    var upstream = "http://127.0.0.1:" + gateway(behind).port() + "/mcp";
    var settings = Settings.of(List.of(Layer.ofEnvironment(JsonObject.of(
        "UMBEL_DATABASE_ENABLED",
        "false",
        "UMBEL_REGISTRY_ALLOWED_DESTINATIONS",
        "127.0.0.1",
        "MCP_CLIENT_SERVER_CONFIGS",
        "[{\"name\": \"sums\", \"enabled\": true, \"url\": \"" + upstream + "\"}]"))));
    var plan = new RegistryPlan(settings, data).settings();
    deploy(front, new RegistryVerticle(plan, new SimpleMeterRegistry()));
    port = gateway(front).port();
    connect("/mcp");
    awaitTool("sums_add");
  }

  @AfterEach
  void close() {
    client.closeGracefully();
    front.close().await();
    behind.close().await();
  }

  @Test
  void byNamesThatTellWhoseTheyAre() {
    assertThat(sum("sums_add")).isEqualTo(Map.of("result", 5));
  }

  @Test
  void byTheServersOwnNamesWhereItIsAlone() {
    client.closeGracefully();
    connect("/mcp/servers/sums");

    assertThat(client.listTools().tools()).extracting(Tool::name).contains("add", "echo");
    assertThat(sum("add")).isEqualTo(Map.of("result", 5));
  }

  private void connect(String endpoint) {
    var url = "http://127.0.0.1:" + port;
    var transport =
        HttpClientStreamableHttpTransport.builder(url).endpoint(endpoint).build();
    client = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build();
    client.initialize();
  }

  /** A server is scanned a moment after the start. */
  private void awaitTool(String name) {
    while (client.listTools().tools().stream().map(Tool::name).noneMatch(name::equals)) {
      front.timer(20).await();
    }
  }

  private Object sum(String tool) {
    var arguments = Map.<String, Object>of("a", 2, "b", 3);
    return client
        .callTool(CallToolRequest.builder(tool).arguments(arguments).build())
        .structuredContent();
  }

  private static Vertx vertx() {
    var vertx = Vertx.vertx();
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    return vertx;
  }

  private static GatewayVerticle gateway(Vertx vertx) {
    var settings = GatewaySettings.defaults().listeningOn(new Listening("127.0.0.1", 0, "/mcp"));
    var gateway = new GatewayVerticle(settings, new SimpleMeterRegistry());
    deploy(vertx, gateway);
    return gateway;
  }

  private static void deploy(Vertx vertx, Deployable verticle) {
    vertx.deployVerticle(verticle).await();
  }
}
