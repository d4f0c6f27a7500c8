package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

  private static final Instance INSTANCE = new Instance("demo", "i-1", "node-1", "1.2.3");

  /** With members no version of MCP knows, null among them, and numbers of every kind. */
  private static final JsonObject DEFINITION = new JsonObject("""
          {"name": "add", "description": "Adds \\u00fc", "x-unheard-of": [1, 2.50, null, {"a": {}}],
           "inputSchema": {"type": "object", "$defs": {"n": {"minimum": 9007199254740993}}},
           "_meta": {"com.example/large": 123456789012345678901234567890}}\
          """);

  @Test
  void arrivesAsItWasMeant() {
    var sent = new Announcement(
        INSTANCE,
        new Traits(true, true),
        new Offers(
            List.of(new OfferedTool(DEFINITION, List.of("demo", "x"), 1_234)),
            List.of(new JsonObject().put("name", "explain")),
            List.of(new JsonObject().put("uri", "app://config")),
            List.of(new JsonObject().put("uriTemplate", "app://upstreams/{name}"))));
    assertThat(Announcement.fromBuffer(sent.toBuffer())).isEqualTo(sent);
  }

  @Test
  void carriesDefinitionsWithEveryMemberTheyCameWith() {
    var offers = Offers.ofTools(List.of(new OfferedTool(DEFINITION, List.of(), 1)));
    var arrived =
        Announcement.fromBuffer(new Announcement(INSTANCE, Traits.NONE, offers).toBuffer());
    assertThat(arrived.offers().tools().get(0).definition().encode())
        .isEqualTo(DEFINITION.encode())
        .contains("9007199254740993", "123456789012345678901234567890", "null", "2.5");
  }

  @Test
  void saysHowLongAResultMayBeKeptOfAToolThatOnlyReads() {
    var tool = Tool.named("t", "T.", Schema.object(), call -> null).cached(Duration.ofMinutes(1));
    var reads = tool.readOnly().offer();
    var writes = tool.offer();
    var offers = Offers.ofTools(List.of(reads, writes));
    var sent = new Announcement(INSTANCE, Traits.NONE, offers).toBuffer();

    assertThat(reads.cacheMillis()).isEqualTo(60_000);
    assertThat(writes.cacheMillis()).isZero();
    assertThat(Announcement.fromBuffer(sent).offers()).isEqualTo(offers);
    assertThat(sent.toString()).containsOnlyOnce("\"cacheMs\":60000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"any\"", "{\"readOnlyHint\":\"yes\"}", "{}"})
  void keepsNothingOfAToolWhoseHintsAreNone(String annotations) {
    var arrived = read("""
            {"provider": "demo", "instance": "i-1", "node": "node-1", "version": "1.2.3",
             "tools": [{"definition": {"name": "a", "annotations": %s}, "cacheMs": 60000}]}\
            """.formatted(annotations));
    assertThat(arrived.offers().tools().get(0).cacheMillis()).isZero();
  }

  @Test
  void ignoresWhatALaterVersionAdds() {
    var arrived = read("""
            {"contract": 2, "provider": "demo", "instance": "i-1", "node": "node-1", "mood": "good",
             "version": "1.2.3", "tools": [{"definition": {"name": "add"}, "weight": 3}]}\
            """);
    var tool = new OfferedTool(new JsonObject().put("name", "add"), List.of(), 30_000);
    assertThat(arrived)
        .isEqualTo(new Announcement(INSTANCE, Traits.NONE, Offers.ofTools(List.of(tool))));
  }

  @Test
  void offersNothingWhereItSaysNothing() {
    var arrived = read(
        "{\"provider\":\"demo\",\"instance\":\"i-1\",\"node\":\"node-1\",\"version\":\"1.2.3\"}");
    assertThat(arrived)
        .isEqualTo(new Announcement(INSTANCE, Traits.NONE, Offers.ofTools(List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "null",
        "[]",
        "{}",
        "{\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\"}",
        "{\"provider\":\"p\",\"node\":\"n\",\"version\":\"1\"}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"version\":\"1\"}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\"}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\",\"tools\":5}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\",\"tools\":[5]}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\",\"tools\":[null]}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\",\"tools\":[{}]}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\","
            + "\"tools\":[{\"definition\":{}}]}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\","
            + "\"tools\":[{\"definition\":{\"name\":\"a\"},\"tags\":[1]}]}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\",\"prompts\":[null]}",
        "{\"provider\":\"p\",\"instance\":\"i\",\"node\":\"n\",\"version\":\"1\",\"perCaller\":\"no\"}"
      })
  void isNotReadFromGarbage(String body) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> read(body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not an announcement");
  }

  private static Announcement read(String json) {
    return Announcement.fromBuffer(Buffer.buffer(json));
  }
}
