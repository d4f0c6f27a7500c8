package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code initialize}: which revision is agreed on, and what begins with it. */
class HandshakeTest {

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05,2024-11-05",
    "2025-03-26,2025-03-26",
    "2025-06-18,2025-06-18",
    "2025-11-25,2025-11-25",
    "2026-07-28,2025-11-25",
    "1999-12-31,2025-11-25",
    "'',2025-11-25"
  })
  void initializeAgreesOnARevision(String asked, String agreed) {
    var response = initialize(initializeParams().put("protocolVersion", asked).encode());
    assertThat(response.statusCode()).isEqualTo(200);
    var result = new JsonObject(response.body()).getJsonObject("result");
    assertThat(new JsonObject(response.body()).getInteger("id")).isEqualTo(1);
    assertThat(result.fieldNames())
        .containsExactly("protocolVersion", "capabilities", "serverInfo", "instructions");
    assertThat(result.getString("protocolVersion")).isEqualTo(agreed);
    assertThat(result.getJsonObject("capabilities")).isEqualTo(new JsonObject("""
        {"tools": {"listChanged": true}, "prompts": {"listChanged": true},
         "resources": {"listChanged": true, "subscribe": true}, "completions": {}, "logging": {}}
        """));
    assertThat(result.getJsonObject("serverInfo"))
        .isEqualTo(JsonObject.of("name", "umbel", "title", "Umbel", "version", "1.2.3"));
  }

  @Test
  void aSessionIdIsVisibleAsciiAndNeverTheSame() {
    var first = gateway.initialize("2025-11-25");
    var second = gateway.initialize("2025-11-25");
    assertThat(first).matches("[!-~]{100,1000}").isNotEqualTo(second);
    assertThat(first.substring(0, 16)).isNotEqualTo(second.substring(0, 16));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {}                                               | "protocolVersion" must be a string
      {"protocolVersion":5,"capabilities":{}}          | "protocolVersion" must be a string
      {"protocolVersion":null,"capabilities":{}}       | "protocolVersion" must be a string
      {"protocolVersion":"2025-11-25"}                 | "capabilities" must be an object
      {"protocolVersion":"2025-11-25","capabilities":[]} | "capabilities" must be an object
      """)
  void initializeWithoutWhatItNeedsBeginsNothing(String params, String why) {
    var response = initialize(params);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(error(1, -32602, "Invalid params: " + why));
    assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
  }

  @Test
  void initializeWithoutParamsBeginsNothing() {
    var response = gateway.post("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"initialize\"}");
    assertThat(response.body())
        .isEqualTo(error("\"a\"", -32602, "Invalid params: \"protocolVersion\" must be a string"));
  }

  @Test
  void capabilitiesThatNoHeaderCouldHoldAreRefusedInSoManyWords() {
    var large = JsonObject.of("experimental", JsonObject.of("x", "y".repeat(5_000)));
    var response = initialize(initializeParams().put("capabilities", large).encode());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(error(
            1,
            -32602,
            "Invalid params: capabilities and clientInfo are too large: a session id holds about"
                + " 4 KiB of them"));
    var fits = JsonObject.of("experimental", JsonObject.of("x", "y".repeat(4_000)));
    var session = initialize(initializeParams().put("capabilities", fits).encode())
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
    assertThat(gateway.legacy(session, "ping", new JsonObject()).getJsonObject("result"))
        .isEmpty();
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
