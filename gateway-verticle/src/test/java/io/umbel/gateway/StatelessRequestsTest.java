package io.umbel.gateway;

import static io.umbel.gateway.RunningGateway.modernBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revision 2026-07-28 over HTTP: what is answered, and each rung of the ladder of refusals. */
class StatelessRequestsTest {

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void discoverTellsVersionsCapabilitiesAndHowLongToKeepThem() {
    var result = gateway.modern("server/discover", new JsonObject()).getJsonObject("result");
    assertThat(result.getString("resultType")).isEqualTo("complete");
    assertThat(result.getJsonArray("supportedVersions")).isEqualTo(JsonArray.of("2026-07-28"));
    assertThat(result.getJsonObject("capabilities").getJsonObject("tools")).isNotNull();
    assertThat(result.getInteger("ttlMs")).isEqualTo(300_000);
    assertThat(result.getString("cacheScope")).isEqualTo("private");
    assertThat(serverInfo(result))
        .isEqualTo(JsonObject.of("name", "umbel", "title", "Umbel", "version", "1.2.3"));
  }

  @Test
  void aListIsInTheOrderOfNamesAndCarriesDefinitionsWhole() {
    var result = gateway.modern("tools/list", new JsonObject()).getJsonObject("result");
    var names =
        result.getJsonArray("tools").stream().map(tool -> ((JsonObject) tool).getString("name"));
    assertThat(names)
        .containsExactly("add", "hang", "large", "late", "meta", "promised", "refuse", "throw");
    var add = result.getJsonArray("tools").getJsonObject(0);
    assertThat(add.getJsonObject("annotations").getBoolean("readOnlyHint")).isTrue();
    assertThat(add.getJsonObject("inputSchema").getBoolean("additionalProperties"))
        .isFalse();
    assertThat(add.getJsonObject("outputSchema").getJsonArray("required"))
        .isEqualTo(JsonArray.of("result"));
    assertThat(result.containsKey("nextCursor")).isFalse();
    assertThat(result.getInteger("ttlMs")).isEqualTo(300_000);
  }

  @Test
  void aHeaderOfAnotherRevisionIsAMismatchEvenIfTheBodysIsNotSupported() {
    var body = modernBody("server/discover", new JsonObject()).replace("2026-07-28", "v999.0.0");
    var response =
        gateway.post(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "server/discover");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).getInteger("code")).isEqualTo(-32020);
  }

  @Test
  void theIdComesBackAsItWas() {
    var body = new JsonObject(modernBody("tools/list", new JsonObject()));
    for (var id : new Object[] {"a \"quoted\" ü", 9007199254740993L, "", 0}) {
      var answer =
          new JsonObject(post(body.put("id", id).encode(), "tools/list").body());
      assertThat(answer.getValue("id")).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocolVersion", "clientCapabilities"})
  void metaThatEveryRequestNeedsIsAskedFor(String key) {
    var body = new JsonObject(modernBody("tools/list", new JsonObject()));
    body.getJsonObject("params").getJsonObject("_meta").remove("io.modelcontextprotocol/" + key);
    var response = post(body.encode(), "tools/list");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).getInteger("code")).isEqualTo(-32602);
    assertThat(error(response).getString("message")).contains("io.modelcontextprotocol/" + key);
  }

  @Test
  void anUnknownLogLevelIsRefused() {
    var body = new JsonObject(modernBody("tools/list", new JsonObject()));
    body.getJsonObject("params")
        .getJsonObject("_meta")
        .put("io.modelcontextprotocol/logLevel", "loud");
    assertThat(error(post(body.encode(), "tools/list")).getInteger("code")).isEqualTo(-32602);
  }

  @Test
  void anUnsupportedVersionIsToldWhatIsSupported() {
    var body = modernBody("tools/list", new JsonObject()).replace("2026-07-28", "2031-01-01");
    var response =
        gateway.post(body, "MCP-Protocol-Version", "2031-01-01", "Mcp-Method", "tools/list");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response))
        .isEqualTo(JsonObject.of(
            "code",
            -32022,
            "message",
            "Unsupported protocol version: 2031-01-01",
            "data",
            JsonObject.of("supported", JsonArray.of("2026-07-28"), "requested", "2031-01-01")));
  }

  @Test
  void headersThatRepeatTheBodyMustBeThereAndAgree() {
    var list = modernBody("tools/list", new JsonObject());
    var call = modernBody("tools/call", JsonObject.of("name", "add"));
    mismatch(list);
    mismatch(list, "MCP-Protocol-Version", "2026-07-28");
    mismatch(list, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/list");
    mismatch(list, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call");
    mismatch(list, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "TOOLS/LIST");
    mismatch(call, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call");
    mismatch(
        call, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "ad");
    mismatch(
        call,
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        "=?base64?%%?=");
  }

  @Test
  void aNameThatNoHeaderCanHoldComesInBase64() {
    var response = gateway.post(
        modernBody("tools/call", JsonObject.of("name", "grüße")),
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        "=?base64?Z3LDvMOfZQ==?=");
    assertThat(error(response).getString("message")).isEqualTo("Unknown tool: grüße");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such"})
  void methodsOfTheOtherEraDoNotExistHere(String method) {
    var response = gateway.postModern(method, new JsonObject());
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response))
        .isEqualTo(JsonObject.of("code", -32601, "message", "Method not found: " + method));
  }

  @Test
  void notificationsAreTakenAndNotAnswered() {
    var body = new JsonObject(modernBody("notifications/whatever", new JsonObject()));
    body.remove("id");
    var response = gateway.post(body.encode(), "MCP-Protocol-Version", "2026-07-28");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void theThreeSpellingsOfTheEndpointAnswerAlike() {
    var body = modernBody("tools/list", new JsonObject());
    var answers = new java.util.HashSet<String>();
    for (var path : new String[] {"/mcp", "/mcp/", "/mcp/v1"}) {
      var request = java.net.http.HttpRequest.newBuilder(gateway.uri(path))
          .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body));
      var response = gateway.send(
          request,
          "Content-Type",
          "application/json",
          "MCP-Protocol-Version",
          "2026-07-28",
          "Mcp-Method",
          "tools/list");
      assertThat(response.statusCode()).isEqualTo(200);
      answers.add(response.body());
    }
    assertThat(answers).hasSize(1);
  }

  @Test
  void noSessionIsEverMintedOrEchoed() {
    var response = gateway.post(
        modernBody("tools/list", new JsonObject()),
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/list",
        "Mcp-Session-Id",
        "mine");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
  }

  private static HttpResponse<String> post(String body, String method) {
    return gateway.post(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method);
  }

  private static void mismatch(String body, String... headers) {
    var response = gateway.post(body, headers);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).getInteger("code")).isEqualTo(-32020);
    assertThat(error(response).getString("message")).startsWith("Header mismatch: the header ");
  }

  private static JsonObject error(HttpResponse<String> response) {
    return new JsonObject(response.body()).getJsonObject("error");
  }

  private static JsonObject serverInfo(JsonObject result) {
    return result.getJsonObject("_meta").getJsonObject("io.modelcontextprotocol/serverInfo");
  }
}
