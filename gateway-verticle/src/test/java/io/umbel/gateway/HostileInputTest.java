package io.umbel.gateway;

import static io.umbel.gateway.RunningGateway.modernBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that no well-behaved client sends: each is answered exactly, and harms nobody else. */
class HostileInputTest {

  private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}";

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** After whatever a test has sent. */
  @AfterEach
  void theGatewayStillAnswers() {
    var params = JsonObject.of("name", "add", "arguments", JsonObject.of("a", 1, "b", 2));
    assertThat(gateway.modern("tools/call", params).getJsonObject("result").getValue("content"))
        .isEqualTo(JsonArray.of(JsonObject.of("type", "text", "text", "{\"result\":3}")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
      {      | Unexpected end-of-input: expected close marker for Object at line 1, column 2
      {"a":} | Unexpected character ('}' (code 125)): expected a value at line 1, column 6
      nope   | Unrecognized token 'nope' at line 1, column 1
      {} x   | Unrecognized token 'x' at line 1, column 4
      {}{}   | more than one JSON value in the body
      {"a":NaN} | Non-standard token 'NaN' at line 1, column 9
      /**/{} | Unexpected character ('/' (code 47)) at line 1, column 1
      """)
  void whatIsNoJsonIsAParseErrorThatSaysWhere(String body, String why) {
    refused(body, null, -32700, "Parse error: " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t"})
  void anEmptyBodyIsAParseError(String body) {
    refused(body, null, -32700, "Parse error: the body is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"})
  void aBatchIsRefused(String body) {
    refused(body, null, -32600, "Invalid Request: send one message, not an array of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "1", "1.5", "\"ping\""})
  void aScalarIsNoMessage(String body) {
    refused(body, null, -32600, "Invalid Request: a message is a JSON object");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
      "2.0" | 2.0          | "jsonrpc" must be "2.0"
      "2.0" | "1.0"        | "jsonrpc" must be "2.0"
      "2.0" | null         | "jsonrpc" must be "2.0"
      "x"   | null         | "method" must be a string
      "x"   | 5            | "method" must be a string
      "x"   | {}           | "method" must be a string
      "x"   | "x","params":[] | "params" must be an object
      "x"   | "x","params":null | "params" must be an object
      "x"   | "x","params":"a" | "params" must be an object
      "x"   | "x","params":{"_meta":5} | "_meta" must be one object
      "x"   | "x","params":{"_meta":null} | "_meta" must be one object
      "x"   | "x","params":{"_meta":[]} | "_meta" must be one object
      "x"   | "x","result":{} | a message is either a request or a response
      ,"method":"x" |      | "method" is missing
      """)
  void whatIsNoMessageIsToldWhatIsWrongWithIt(String good, String bad, String why) {
    var body = REQUEST.replace(good, bad == null ? "" : bad);
    refused(body, 7, -32600, "Invalid Request: " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1.5", "1e2", "true", "{}", "[1]", "[[{}]]"})
  void anIdThatIsNoneIsNotEchoed(String id) {
    var body = REQUEST.replace("7", id);
    refused(body, null, -32600, "Invalid Request: \"id\" must be a string or an integer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "\"\\u0041\"", "\"a\\nb\"", "-0", "-9223372036854775809"})
  void theStrangestIdComesBackAsItWas(String id) {
    var answer = gateway.post(REQUEST.replace("7", id)).body();
    assertThat(new JsonObject(answer).getValue("id"))
        .isEqualTo(new JsonObject("{\"id\":" + id + "}").getValue("id"));
  }

  @ParameterizedTest
  @CsvSource({"jsonrpc,'\"2.0\"'", "id,7", "method,'\"x\"'", "params,{}"})
  void aMemberThatIsThereTwiceIsRefused(String name, String value) {
    var member = "\"" + name + "\":" + value + ",";
    var body = "{" + member + member + REQUEST.substring(1);
    refused(body, 7, -32600, "Invalid Request: member \"" + name + "\" is there twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\":\"a\",\"name\":\"b\"",
        "\"name\":null,\"name\":\"b\"",
        "\"arguments\":{},\"arguments\":{}",
        "\"cursor\":\"\",\"\\u0063ursor\":\"\""
      })
  void paramsThatAreThereTwiceAreRefused(String params) {
    var name = params.substring(1, params.indexOf('"', 1));
    var body = REQUEST.replace("\"x\"", "\"x\",\"params\":{" + params + "}");
    refused(body, 7, -32600, "Invalid Request: \"" + name + "\" is there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocolVersion", "clientCapabilities", "logLevel"})
  void metaThatIsThereTwiceIsRefused(String key) {
    var name = "\"io.modelcontextprotocol/" + key + "\"";
    var meta = name + ":null," + name + ":\"2026-07-28\"";
    var twice = REQUEST.replace("\"x\"", "\"x\",\"params\":{\"_meta\":{" + meta + "}}");
    refused(twice, 7, -32600, "Invalid Request: " + name + " is there twice");
    var metas = REQUEST.replace("\"x\"", "\"x\",\"params\":{\"_meta\":{},\"_meta\":{}}");
    refused(metas, 7, -32600, "Invalid Request: \"_meta\" must be one object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "{}", "[\"add\"]", "true"})
  void aToolNameThatIsNoTextNamesNoTool(String name) {
    var body = modernBody("tools/call", JsonObject.of("name", "@")).replace("\"@\"", name);
    var answer = call(body, "add");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(error(1, -32602, "Invalid params: \"name\" must be the name of a tool"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "[1]", "true", "\"{}\""})
  void argumentsThatAreNoObjectAreRefused(String arguments) {
    var params = JsonObject.of("name", "add", "arguments", "@");
    var answer = call(modernBody("tools/call", params).replace("\"@\"", arguments), "add");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(error(1, -32602, "Invalid params: \"arguments\" must be an object"));
  }

  private record Answer(int status, String body) {}

  private static Answer call(String body, String name) {
    var response = gateway.post(
        body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", name);
    return new Answer(response.statusCode(), response.body());
  }

  private static void refused(String body, Object id, int code, String message) {
    var response = gateway.post(body);
    assertThat(response.body()).isEqualTo(error(id, code, message));
    assertThat(response.statusCode()).isEqualTo(400);
  }

  private static String error(Object id, int code, String message) {
    var head = "{\"jsonrpc\":\"2.0\"," + (id == null ? "" : "\"id\":" + id + ",") + "\"error\":";
    return head + JsonObject.of("code", code, "message", message).encode() + "}";
  }
}
