package io.umbel.tools.demo;

import static io.umbel.contract.ErrorCode.INVALID_ARGUMENT;
import static io.umbel.contract.ErrorCode.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoToolsTest extends ToolVerticleContract {

  @Override
  protected ToolVerticle family() {
    return new DemoTools();
  }

  @Test
  void offersThreeToolsThatChangeNothing() {
    var hints = new JsonObject()
        .put("readOnlyHint", true)
        .put("idempotentHint", true)
        .put("destructiveHint", false)
        .put("openWorldHint", false);
    assertThat(announcement().offers().tools())
        .extracting(OfferedTool::name)
        .containsExactly("add", "multiply", "echo");
    assertThat(announcement().offers().tools()).allSatisfy(tool -> {
      assertThat(tool.definition().getJsonObject("annotations")).isEqualTo(hints);
      assertThat(tool.definition().getString("title")).isNotBlank();
      assertThat(tool.definition().getJsonObject("outputSchema")).isNotNull();
      assertThat(tool.tags()).containsExactly("demo");
    });
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3",
    "-5, 5, 0",
    "9007199254740991, 9007199254740991, 18014398509481982",
    "-9007199254740991, -9007199254740991, -18014398509481982"
  })
  void adds(long a, long b, long sum) {
    assertThat(result("add", numbers(a, b))).isEqualTo(new JsonObject().put("result", sum));
  }

  @ParameterizedTest
  @CsvSource({
    "6, 7, 42",
    "-3, 4, -12",
    "0, 9007199254740991, 0",
    "9007199254740991, 1024, 9223372036854774784",
    "9007199254740991, -1024, -9223372036854774784",
    "4503599627370496, -2048, -9223372036854775808"
  })
  void multiplies(long a, long b, long product) {
    assertThat(result("multiply", numbers(a, b)))
        .isEqualTo(new JsonObject().put("result", product));
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 1025",
    "9007199254740991, 9007199254740991",
    "4503599627370496, 2048",
    "-9007199254740991, 1025"
  })
  void saysThatAProductIsTooLarge(long a, long b) {
    assertThat(failure(INVALID_ARGUMENT, "multiply", numbers(a, b)).getString("message"))
        .isEqualTo("The product does not fit in 64 bits; take smaller factors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"a\":1,\"b\":null}",
        "{\"a\":1,\"b\":\"2\"}",
        "{\"a\":1,\"b\":2.5}",
        "{\"a\":1,\"b\":9007199254740992}",
        "{\"a\":-9007199254740992,\"b\":1}",
        "{\"a\":1,\"b\":1e400}",
        "{\"a\":1,\"b\":123456789012345678901234567890}"
      })
  void calculatesWithNothingButIntegersThatEveryReaderKeeps(String arguments) {
    failure(INVALID_ARGUMENT, "add", new JsonObject(arguments));
    failure(INVALID_ARGUMENT, "multiply", new JsonObject(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "Grüße \"an\" alle\n\t\u0000", "\ud83c\udf3f"})
  void echoes(String message) {
    assertThat(result("echo", new JsonObject().put("message", message)))
        .isEqualTo(new JsonObject().put("result", "Echo: " + message));
  }

  @Test
  void needsAMessageToEcho() {
    failure(INVALID_ARGUMENT, "echo", new JsonObject());
    failure(INVALID_ARGUMENT, "echo", new JsonObject().put("message", 1));
  }

  @Test
  void saysThatAnEchoIsTooLarge() {
    failure(TOO_LARGE, "echo", new JsonObject().put("message", "x".repeat(600_000)));
  }

  private static JsonObject numbers(long a, long b) {
    return new JsonObject().put("a", a).put("b", b);
  }
}
