package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revisions 2024-11-05 to 2025-11-25 over HTTP: what is answered within a session. */
class SessionEraTest {

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
  void aNotificationIsTakenWithoutAnAnswer() {
    var session = gateway.initialize("2025-11-25");
    for (var method : new String[] {"initialized", "roots/list_changed", "nobody/knows"}) {
      var body = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + method + "\"}";
      var response = gateway.post(body, "Mcp-Session-Id", session);
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void aResponseToWhatWasNeverAskedIsTakenWithoutAnAnswer() {
    var session = gateway.initialize("2025-11-25");
    for (var answer :
        new String[] {"\"result\":{}", "\"error\":{\"code\":-1,\"message\":\"no\"}"}) {
      var body = "{\"jsonrpc\":\"2.0\",\"id\":9," + answer + "}";
      var response = gateway.post(body, "Mcp-Session-Id", session);
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void pingIsAnsweredWithNothingAlsoBeforeThereIsASession() {
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}";
    var pong = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}";
    assertThat(gateway.post(ping).body()).isEqualTo(pong);
    var session = gateway.initialize("2024-11-05");
    assertThat(gateway.post(ping, "Mcp-Session-Id", session).body()).isEqualTo(pong);
  }

  @Test
  void aListCarriesNothingOfTheOtherEra() {
    var session = gateway.initialize("2025-06-18");
    var result = gateway.legacy(session, "tools/list", new JsonObject()).getJsonObject("result");
    assertThat(result.fieldNames()).containsExactly("tools");
    assertThat(result.getJsonArray("tools")).isNotEmpty();
  }

  @Test
  void aCallCarriesNothingOfTheOtherEra() {
    var session = gateway.initialize("2025-11-25");
    var params = JsonObject.of("name", "add", "arguments", JsonObject.of("a", 2, "b", 40));
    var text = JsonObject.of("type", "text", "text", "{\"result\":42}");
    assertThat(gateway.legacy(session, "tools/call", params).getJsonObject("result"))
        .isEqualTo(JsonObject.of(
            "content", JsonArray.of(text), "structuredContent", JsonObject.of("result", 42)));
  }

  @Test
  void aToolsOwnMetaArrivesAlone() {
    var session = gateway.initialize("2025-11-25");
    var result = gateway
        .legacy(session, "tools/call", JsonObject.of("name", "meta"))
        .getJsonObject("result");
    assertThat(result.getJsonObject("_meta"))
        .isEqualTo(JsonObject.of("example.com/hello", "world"));
  }

  @Test
  void theToolSeesWhatTheSessionAgreedOnBesideTheClientsOwnMeta() {
    var session = initialize(initializeParams()
            .put("protocolVersion", "2025-06-18")
            .put("capabilities", new JsonObject("{\"elicitation\":{},\"roots\":{}}"))
            .encode())
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
    var own = JsonObject.of("progressToken", "p", "io.modelcontextprotocol/clientInfo", "forged");
    var params = JsonObject.of("name", "meta", "_meta", own);
    var seen = gateway.legacy(session, "tools/call", params).getJsonObject("result");
    assertThat(seen.getJsonObject("structuredContent").getJsonObject("_meta"))
        .isEqualTo(new JsonObject()
            .put("progressToken", "p")
            .put("io.modelcontextprotocol/protocolVersion", "2025-06-18")
            .put(
                "io.modelcontextprotocol/clientCapabilities",
                new JsonObject("{\"elicitation\":{},\"roots\":{}}"))
            .put(
                "io.modelcontextprotocol/clientInfo",
                new JsonObject("{\"name\":\"test\",\"version\":\"1\"}"))
            .put("io.modelcontextprotocol/logLevel", "info"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no/such", "tools/List", "subscriptions/listen", ""})
  void anUnknownMethodIsAnAnswerLikeAnyOther(String method) {
    var session = gateway.initialize("2025-11-25");
    var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    var response = gateway.post(body, "Mcp-Session-Id", session);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(error(1, -32601, "Method not found: " + method));
  }

  @Test
  void discoverIsOfTheOtherEraAndJudgedByItsRules() {
    var session = gateway.initialize("2025-11-25");
    var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}";
    var response = gateway.post(body, "Mcp-Session-Id", session);
    assertThat(response.statusCode()).isEqualTo(400);
    var key = "\"io.modelcontextprotocol/protocolVersion\"";
    var why = "Invalid params: _meta needs " + key + ", a string";
    assertThat(response.body()).isEqualTo(error(1, -32602, why));
  }

  @Test
  void anUnknownToolIsNamed() {
    var session = gateway.initialize("2025-11-25");
    var answer = gateway.legacy(session, "tools/call", JsonObject.of("name", "nothing"));
    assertThat(answer.getJsonObject("error"))
        .isEqualTo(JsonObject.of("code", -32602, "message", "Unknown tool: nothing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2031-01-01", "2025-11-2", "latest", "2024-11-05,2025-03-26"})
  void aVersionHeaderThatIsNoneIsRefused(String version) {
    var session = gateway.initialize("2025-11-25");
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    var response = gateway.post(ping, "Mcp-Session-Id", session, "MCP-Protocol-Version", version);
    assertThat(response.statusCode()).isEqualTo(400);
    var all = "[2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05]";
    var why = "Invalid Request: MCP-Protocol-Version " + version + " is not one of " + all;
    assertThat(response.body()).isEqualTo(error(1, -32600, why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
  void aVersionHeaderOfThisEraIsTaken(String version) {
    var session = gateway.initialize(version);
    var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    var response = gateway.post(ping, "Mcp-Session-Id", session, "MCP-Protocol-Version", version);
    assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
  }

  private static JsonObject initializeParams() {
    return new JsonObject()
        .put("protocolVersion", "2025-11-25")
        .put("capabilities", new JsonObject())
        .put("clientInfo", JsonObject.of("name", "test", "version", "1"));
  }

  private static HttpResponse<String> initialize(String params) {
    return gateway.post(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":" + params + "}");
  }

  private static String error(Object id, int code, String message) {
    var error = JsonObject.of("code", code, "message", message).encode();
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":" + error + "}";
  }
}
