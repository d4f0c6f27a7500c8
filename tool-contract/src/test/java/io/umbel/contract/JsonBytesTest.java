package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBytesTest {

  @Test
  void writesEveryKindOfValueAsVertxDoes() {
    same(new JsonObject());
    same(new JsonObject()
        .put("text", "plain")
        .put("empty", "")
        .put("whole", 42)
        .put("long", Long.MIN_VALUE)
        .put("fraction", 0.1)
        .put("float", 1.5f)
        .put("yes", true)
        .putNull("nothing")
        .put("when", Instant.EPOCH)
        .put("bytes", new byte[] {1, 2, 3})
        .put("list", new JsonArray().add(1).add("two").addNull().add(new JsonArray()))
        .put("object", new JsonObject().put("inner", new JsonObject()))
        .put("map", Map.of("key", List.of(1, "two")))
        .put("plain list", List.of(Map.of("a", 1))));
  }

  @Test
  void escapesWhereverSomethingToEscapeStands() {
    for (char special = 0; special < 0x60; special++) {
      for (int length = 0; length < 18; length++) {
        for (int at = 0; at <= length; at++) {
          var text = "x".repeat(at) + special + "y".repeat(length - at);
          same(new JsonObject().put(text, text));
        }
      }
    }
  }

  @Test
  void writesAnyTextAsVertxDoes() {
    var random = new Random(4711);
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append((char) random.nextInt(round % 2 == 0 ? 0x100 : 0x10000));
      }
      same(new JsonObject().put("text", text.toString()));
    }
  }

  @Test
  void keepsPairsOfSurrogatesAndEscapesHalfOnes() {
    var texts = new ArrayList<String>(List.of("a\ud83c\udf02b", "\ud83c\udf02", "\u20ac\u00fc"));
    texts.addAll(List.of("\ud83c", "a\ud83c", "\udf02\ud83c", "\ud83cx\udf02", "\udf02"));
    for (var text : texts) {
      var written = JsonBytes.of(new JsonObject().put("text", text));
      assertThat(written.toJsonObject().getString("text")).isEqualTo(text);
      same(new JsonObject().put("text", text));
    }
  }

  private static void same(JsonObject object) {
    assertThat(JsonBytes.of(object).toJsonObject()).isEqualTo(object.toBuffer().toJsonObject());
  }
}
