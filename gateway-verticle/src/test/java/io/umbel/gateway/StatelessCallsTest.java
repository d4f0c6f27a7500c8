package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls of tools as revision 2026-07-28 over HTTP answers them, and what goes wrong with them. */
class StatelessCallsTest {

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
  void aCallAnswersStructuredAndAsText() {
    var answer = call("add", JsonObject.of("a", 2, "b", 40));
    var result = answer.getJsonObject("result");
    assertThat(answer.getInteger("id")).isEqualTo(1);
    assertThat(result.getString("resultType")).isEqualTo("complete");
    assertThat(result.getJsonObject("structuredContent")).isEqualTo(JsonObject.of("result", 42));
    assertThat(result.getJsonArray("content").getJsonObject(0).getString("text"))
        .isEqualTo("{\"result\":42}");
    assertThat(result.containsKey("isError")).isFalse();
    assertThat(result.containsKey("ttlMs")).isFalse();
  }

  @Test
  void aToolsOwnMetaStandsBesideTheServersName() {
    var meta = call("meta", new JsonObject()).getJsonObject("result").getJsonObject("_meta");
    assertThat(meta.getString("example.com/hello")).isEqualTo("world");
    assertThat(meta.getJsonObject("io.modelcontextprotocol/serverInfo").getString("name"))
        .isEqualTo("umbel");
  }

  @Test
  void paramsReachTheToolAsTheyCame() {
    var params = JsonObject.of(
            "name", "meta", "arguments", JsonObject.of("any", JsonArray.of(1.5, null, "ü")))
        .put("future", JsonObject.of("x", 1));
    var seen = gateway
        .modern("tools/call", params)
        .getJsonObject("result")
        .getJsonObject("structuredContent");
    assertThat(seen.getJsonObject("future")).isEqualTo(JsonObject.of("x", 1));
    assertThat(seen.getJsonObject("arguments").getJsonArray("any"))
        .isEqualTo(JsonArray.of(1.5, null, "ü"));
    assertThat(seen.getJsonObject("_meta").getString("io.modelcontextprotocol/protocolVersion"))
        .isEqualTo("2026-07-28");
  }

  @Test
  void everyViolationIsNamedAtOnceWithItsPointer() {
    var error = failure(call("add", JsonObject.of("a", "10", "c", 1)));
    assertThat(error.getString("code")).isEqualTo("INVALID_ARGUMENT");
    var pointers = error.getJsonObject("details").getJsonArray("violations").stream()
        .map(violation -> ((JsonObject) violation).getString("pointer"));
    assertThat(pointers).containsExactlyInAnyOrder("/a", "/b", "/c");
    assertThat(error.getString("correlation_id")).hasSize(32);
    assertThat(error.getBoolean("retryable")).isFalse();
  }

  @Test
  void aToolThatSaysNoIsAResultThatSaysSo() {
    var answer = call("refuse", new JsonObject());
    assertThat(answer.getJsonObject("result").getBoolean("isError")).isTrue();
    assertThat(failure(answer).getString("message")).isEqualTo("There is no such thing");
  }

  @Test
  void aBrokenToolShowsOnlyTheCorrelationId() {
    var params = JsonObject.of("name", "throw");
    var response = gateway.postModern("tools/call", params);
    var error = new JsonObject(response.body()).getJsonObject("error");
    var id = response.headers().firstValue("X-Correlation-Id").orElseThrow();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(error)
        .isEqualTo(
            JsonObject.of("code", -32603, "message", "Internal error (correlation id " + id + ")"));
  }

  @Test
  void aToolThatDoesNotAnswerInTimeIsGivenUp() {
    var error = failure(call("late", new JsonObject()));
    assertThat(error.getString("code")).isEqualTo("UPSTREAM_TIMEOUT");
    assertThat(error.getString("message")).isEqualTo("late did not answer within 50 ms");
    assertThat(error.getBoolean("retryable")).isTrue();
  }

  @Test
  void anUnknownToolIsAnErrorInBand() {
    var response = gateway.postModern("tools/call", JsonObject.of("name", "nothing"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(error(response))
        .isEqualTo(JsonObject.of("code", -32602, "message", "Unknown tool: nothing"));
  }

  @Test
  void aNameThatIsNearlyOneOfAToolIsToldThatOne() {
    assertThat(error(gateway.postModern("tools/call", JsonObject.of("name", "refused"))))
        .isEqualTo(JsonObject.of(
            "code", -32602, "message", "Unknown tool: refused. Did you mean refuse?"));
  }

  @Test
  void argumentsThatAreNoObjectAreRefused() {
    var params = JsonObject.of("name", "add", "arguments", JsonArray.of(1, 2));
    assertThat(error(gateway.postModern("tools/call", params)).getString("message"))
        .isEqualTo("Invalid params: \"arguments\" must be an object");
  }

  @Test
  void aResultBeyondTheLimitBecomesAPreview() {
    var result = call("large", JsonObject.of("bytes", 600_000)).getJsonObject("result");
    var cut = result.getJsonObject("structuredContent");
    assertThat(cut.getBoolean("truncated")).isTrue();
    assertThat(cut.getInteger("max_bytes")).isEqualTo(524_288);
    assertThat(cut.getString("preview"))
        .startsWith("{\"content\"")
        .endsWith("ü")
        .doesNotContain("\uFFFD");
    assertThat(result.getBoolean("isError", false)).isFalse();
  }

  @Test
  void aCutResultOfAToolThatPromisesAStructureIsNoSuccess() {
    var arguments = JsonObject.of("bytes", 600_000);
    var result = call("promised", arguments).getJsonObject("result");
    assertThat(result.getBoolean("isError")).isTrue();
    assertThat(result.containsKey("structuredContent")).isFalse();
  }

  @Test
  void aFailureHasNoStructureThatTheToolDidNotPromise() {
    var promised = call("add", JsonObject.of("a", "x")).getJsonObject("result");
    var free = call("refuse", new JsonObject()).getJsonObject("result");
    assertThat(promised.containsKey("structuredContent")).isFalse();
    assertThat(free.getJsonObject("structuredContent").getJsonObject("error")).isNotNull();
  }

  @Test
  void aResultTooLargeForTheBusSaysSo() {
    var error = failure(call("large", JsonObject.of("bytes", 1_100_000)));
    assertThat(error.getString("code")).isEqualTo("TOO_LARGE");
  }

  private static JsonObject call(String tool, JsonObject arguments) {
    return gateway.modern("tools/call", JsonObject.of("name", tool, "arguments", arguments));
  }

  /** The text block says what went wrong, whether or not the structured content does too. */
  private static JsonObject failure(JsonObject answer) {
    var result = answer.getJsonObject("result");
    assertThat(result.getBoolean("isError")).isTrue();
    var text = result.getJsonArray("content").getJsonObject(0).getString("text");
    return new JsonObject(text).getJsonObject("error");
  }

  private static JsonObject error(HttpResponse<String> response) {
    return new JsonObject(response.body()).getJsonObject("error");
  }
}
