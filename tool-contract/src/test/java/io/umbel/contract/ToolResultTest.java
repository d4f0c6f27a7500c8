package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ToolResultTest {

  private static final JsonObject FACTS = new JsonObject().put("n", 1).put("t", "\u00fc\"");

  @Test
  void isOneTextBlock() {
    assertThat(json(ToolResult.text("hello")))
        .isEqualTo(new JsonObject("{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}"));
  }

  @Test
  void repeatsStructuredContentAsText() {
    var json = json(ToolResult.of(FACTS));
    assertThat(json.getJsonObject("structuredContent")).isEqualTo(FACTS);
    assertThat(new JsonObject(text(json))).isEqualTo(FACTS);
    assertThat(json.containsKey("isError")).isFalse();
  }

  @Test
  void saysWhyItFailedInBothForms() {
    var details = new JsonObject().put("have", "a");
    var failure = ToolResult.failure(ErrorCode.CONFLICT, "It is there already").details(details);
    var json = json(failure);
    var expected = new JsonObject()
        .put("code", "CONFLICT")
        .put("message", "It is there already")
        .put("retryable", false)
        .put("details", details)
        .put("correlation_id", "c-1");
    assertThat(json.getBoolean("isError")).isTrue();
    assertThat(json.getJsonObject("structuredContent"))
        .isEqualTo(new JsonObject().put("error", expected))
        .isEqualTo(new JsonObject(text(json)));
    assertThat(failure.toOutcome("c-1").failure()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void saysWhetherTryingAgainMayHelp() {
    var failure = ToolResult.failure(ErrorCode.UPSTREAM_TIMEOUT, "Too slow");
    var error = failure.structured().getJsonObject("error");
    assertThat(error.getBoolean("retryable")).isTrue();
  }

  @Test
  void carriesMetaBesideItsBody() {
    var outcome = ToolResult.text("x").meta("com.example/a", 1).meta("b", "c").toOutcome("c-1");
    assertThat(outcome.json().toString()).doesNotContain("_meta", "com.example");
    assertThat(new JsonObject(outcome.meta()))
        .isEqualTo(new JsonObject().put("com.example/a", 1).put("b", "c"));
  }

  private static JsonObject json(ToolResult result) {
    return result.toOutcome("c-1").json().toJsonObject();
  }

  private static String text(JsonObject result) {
    return result.getJsonArray("content").getJsonObject(0).getString("text");
  }
}
