package io.umbel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Offer.Terms;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result beyond the limit becomes a preview that says so, and stays what it was. */
class FittingTest {

  private static final Offer PLAIN = offer(JsonObject.of("name", "plain"));
  private static final Offer TYPED =
      offer(JsonObject.of("name", "typed", "outputSchema", new JsonObject()));

  @Test
  void aResultWithinTheLimitIsPassedOnAsItIs() {
    var outcome = result("{\"content\":[]}");
    assertThat(Fitting.fit(outcome, PLAIN, 14)).isSameAs(outcome);
    var error = new Outcome.ProtocolError(-32602, "x".repeat(100), null);
    assertThat(Fitting.fit(error, PLAIN, 14)).isSameAs(error);
  }

  @Test
  void aLargerOneBecomesAPreview() {
    var cut = bounded(result("{\"content\":[]}"), PLAIN, 13);
    assertThat(cut.getJsonObject("structuredContent"))
        .isEqualTo(JsonObject.of("truncated", true, "preview", "{\"c", "max_bytes", 13));
    assertThat(new JsonObject(cut.getJsonArray("content").getJsonObject(0).getString("text")))
        .isEqualTo(cut.getJsonObject("structuredContent"));
    assertThat(cut.containsKey("isError")).isFalse();
  }

  @Test
  void aToolThatPromisedAShapeAndCannotKeepItHasFailed() {
    var cut = bounded(result("{\"content\":[]}"), TYPED, 8);
    assertThat(cut.fieldNames()).containsExactly("content", "isError");
    assertThat(cut.getBoolean("isError")).isTrue();
  }

  @Test
  void aFailureIsStillOne() {
    var failure = ToolResult.failure(ErrorCode.CONFLICT, "x".repeat(1_000)).toOutcome("id");
    var cut = (Outcome.Result) Fitting.fit(failure, PLAIN, 100);
    assertThat(cut.failure()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(cut.json().toJsonObject().getBoolean("isError")).isTrue();
  }

  @Test
  void aFailureOfAToolThatPromisedAShapeIsToldInTextOnly() {
    var failure = ToolResult.failure(ErrorCode.CONFLICT, "no").toOutcome("id");
    var fit = (Outcome.Result) Fitting.fit(failure, TYPED, 10_000);
    assertThat(fit.failure()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(fit.json().toJsonObject().fieldNames()).containsExactly("isError", "content");
    assertThat(((Outcome.Result) Fitting.fit(failure, PLAIN, 10_000)).json().toJsonObject())
        .isEqualTo(failure.json().toJsonObject());
  }

  @Test
  void metaStandsBesideThePreview() {
    var whole = new Outcome.Result(Buffer.buffer("{\"content\":[]}"), "{\"a\":1}", null);
    assertThat(((Outcome.Result) Fitting.fit(whole, PLAIN, 4)).meta()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 12, 16, 20, 24, 28, 32})
  void noCharacterIsCutInTwo(int limit) {
    var text = bounded(result("{\"é😀é😀é😀é😀é😀\":1}"), PLAIN, limit);
    var preview = text.getJsonObject("structuredContent").getString("preview");
    assertThat(preview).doesNotContain("\ufffd");
    assertThat("{\"é😀é😀é😀é😀é😀\":1}").startsWith(preview);
    assertThat(preview.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .isBetween(limit / 4 - 3, limit / 4);
  }

  private static JsonObject bounded(Outcome outcome, Offer offer, int limit) {
    return ((Outcome.Result) Fitting.fit(outcome, offer, limit)).json().toJsonObject();
  }

  private static Outcome result(String json) {
    return new Outcome.Result(Buffer.buffer(json), null, null);
  }

  private static Offer offer(JsonObject definition) {
    var terms = new Terms(List.of(), 1_000, false);
    return new Offer("demo", "tool", definition, definition.toBuffer(), terms, List.of());
  }
}
