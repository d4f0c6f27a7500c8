package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each upstream server has an endpoint of its own, which answers in both eras. */
@Timeout(60)
class ServerEndpointTest {

  private static final JsonObject NOTHING = new JsonObject();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PlayedServers servers = new PlayedServers()
      .give("local", "files", "read")
      .give("local", "mail", "send")
      .give("other", "secret", "read");
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = new RunningGateway(
        java.time.Clock.systemUTC(), registry, GatewaySettings.defaults(), new WhoTools());
    gateway.vertx().deployVerticle(servers).await();
    Gates.until(() -> modern("/mcp/servers/files", "tools/list").status(), 200);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/servers/files", "/mcp/servers/files/"})
  void aStatelessClientListsAndCallsByTheServersOwnNames(String path) {
    assertThat(tools(modern(path, "tools/list").message())).containsExactly("read");
    assertThat(Talk.text(modern(path, "tools/call", Talk.tool("read")).message()))
        .isEqualTo("files read");
    var told = modern(path, "server/discover").message().getJsonObject("result");
    assertThat(told.getString("instructions")).contains("the server files");
  }

  @Test
  void aSessionIsBoundToTheServerItWasBegunAt() {
    var session = initialize("/mcp/servers/files");
    assertThat(tools(legacy("/mcp/servers/files", session).message())).containsExactly("read");
    for (var elsewhere : List.of("/mcp/servers/mail", "/mcp")) {
      assertThat(legacy(elsewhere, session).status()).isEqualTo(404);
    }
    var everywhere = initialize("/mcp");
    assertThat(legacy("/mcp/servers/files", everywhere).status()).isEqualTo(404);
    assertThat(legacy("/mcp", everywhere).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "secret"})
  void aServerOfSomebodyElseAndOneThatIsNotThereAreUnknownInTheSameWords(String server) {
    var path = "/mcp/servers/" + server;
    for (var method : List.of("tools/list", "server/discover", "resources/list")) {
      unknown(modern(path, method), server);
    }
    unknown(modern(path, "tools/call", Talk.tool("read")), server);
    var begins = Talk.initializeMessage("2025-11-25", Talk.everything());
    unknown(
        new EventClient(Talk.to(gateway.port(), path).POST(Talk.body(begins)).build()), server);
  }

  @Test
  void aServerThatIsTakenAwayIsUnknownToItsSessionsToo() {
    var session = initialize("/mcp/servers/files");
    servers.take("local", "files").changed("local");
    Gates.until(() -> legacy("/mcp/servers/files", session).status(), 404);
  }

  @Test
  void aClientOf20241105HasOneServerByItsOwnNamesToo() {
    var stream =
        new EventClient(Talk.to(gateway.port(), "/sse/servers/files").GET().build());
    var messages = stream.next().data();
    assertThat(messages).startsWith("/messages/servers/files?sessionId=");
    assertThat(post(messages, Talk.initializeMessage("2024-11-05", Talk.everything()))
            .status())
        .isEqualTo(202);
    assertThat(stream.message().getJsonObject("result").getString("instructions"))
        .contains("the server files");
    post(messages, Talk.message(1, "tools/list", NOTHING));
    assertThat(tools(stream.message())).containsExactly("read");
    post(messages, Talk.message(2, "tools/call", Talk.tool("read")));
    assertThat(Talk.text(stream.message())).isEqualTo("files read");
    for (var elsewhere : List.of("/messages?", "/messages/servers/mail?")) {
      var path = messages.replaceFirst(".*\\?", elsewhere);
      assertThat(post(path, Talk.message(3, "tools/list", NOTHING)).status()).isEqualTo(404);
    }
    servers.take("local", "files").changed("local");
    Gates.until(() -> post(messages, Talk.message(4, "ping", NOTHING)).status(), 404);
    stream.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "secret"})
  void aClientOf20241105HearsThatAServerIsUnknownInTheSameWords(String server) {
    unknown(
        new EventClient(Talk.to(gateway.port(), "/sse/servers/" + server).GET().build()), server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sse/servers/",
        "/sse/servers/Files",
        "/messages/servers/a_b",
        "/mcp/servers",
        "/mcp/servers/",
        "/mcp/servers//",
        "/mcp/servers/Files",
        "/mcp/servers/a_b",
        "/mcp/servers/files/v1",
        "/mcp/servers/files//",
        "/mcp/servers/%66iles",
        "/mcp/servers/a123456789012345678901234567890123"
      })
  void whatIsNoNamespaceIsNoPath(String path) {
    try (var connection = new RawConnection(gateway.port())) {
      var asked =
          RawConnection.request("GET " + path + " HTTP/1.1", new byte[0], "Host: localhost");
      assertThat(connection.send(asked).read().status()).isEqualTo(404);
    }
  }

  @Test
  void whereNobodyCanSayWhichServersThereAreTheClientComesBack() {
    gateway.vertx().undeploy(servers.deploymentID()).await();
    for (var server : List.of("files", "nowhere")) {
      var said = modern("/mcp/servers/" + server, "tools/list");
      assertThat(said.status()).isEqualTo(503);
      assertThat(said.response().headers().firstValue("Retry-After")).hasValue("5");
      assertThat(said.message().getJsonObject("error").getString("message"))
          .isEqualTo("Nobody can say at the moment which servers there are; try again shortly");
    }
    assertThat(tools(modern("/mcp", "tools/list").message())).containsExactly("who");
  }

  private void unknown(EventClient said, String server) {
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.message().getJsonObject("error"))
        .isEqualTo(JsonObject.of("code", -32602, "message", "Unknown server: " + server));
  }

  private EventClient modern(String path, String method) {
    return modern(path, method, NOTHING);
  }

  private EventClient modern(String path, String method, JsonObject params) {
    var request = Talk.to(gateway.port(), path)
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", method)
        .POST(Talk.body(Talk.modernMessage(1, method, params, new JsonObject())));
    var name = params.getString("name");
    return new EventClient((name == null ? request : request.header("Mcp-Name", name)).build());
  }

  private EventClient post(String path, JsonObject message) {
    return new EventClient(
        Talk.to(gateway.port(), path).POST(Talk.body(message)).build());
  }

  private String initialize(String path) {
    var begins = Talk.initializeMessage("2025-11-25", Talk.everything());
    return new EventClient(Talk.to(gateway.port(), path).POST(Talk.body(begins)).build())
        .response()
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
  }

  private EventClient legacy(String path, String session) {
    var list = Talk.message(1, "tools/list", NOTHING);
    return new EventClient(Talk.to(gateway.port(), path)
        .header("Mcp-Session-Id", session)
        .POST(Talk.body(list))
        .build());
  }

  private static List<String> tools(JsonObject answer) {
    return answer.getJsonObject("result").getJsonArray("tools").stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
