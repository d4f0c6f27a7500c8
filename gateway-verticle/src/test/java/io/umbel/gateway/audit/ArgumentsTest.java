package io.umbel.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void keepsNamesAndSizesAndNoValue() {
    var arguments =
        of("{\"name\": \"Ann\", \"n\":12,\"list\" : [1, {\"deep\":\"secret\"}], \"no\":null}");
    assertThat(arguments.summary()).isEqualTo("{\"name\":5,\"n\":2,\"list\":22,\"no\":4}");
    assertThat(arguments.hash()).matches("[0-9a-f]{64}");
  }

  @Test
  void theSameBytesHaveTheSameHash() {
    assertThat(of("{\"a\":1}").hash()).isEqualTo(of("{\"a\":1}").hash());
    assertThat(of("{\"a\":1}").hash()).isNotEqualTo(of("{\"a\":2}").hash());
  }

  @Test
  void whatIsNoObjectHasNoNames() {
    assertThat(Arguments.of(null)).isEqualTo(Arguments.NONE);
    assertThat(of("null").summary()).isEqualTo("{}");
    assertThat(of("[1,2]").summary()).isEqualTo("{}");
  }

  @Test
  void longAndManyNamesAreCut() {
    var many = new JsonObject();
    for (var i = 0; i < 100; i++) {
      many.put("x".repeat(80 + i), i);
    }
    assertThat(new JsonObject(of(many.encode()).summary()).size()).isOne();
    var some = new JsonObject();
    for (var i = 0; i < 100; i++) {
      some.put("n" + i, i);
    }
    assertThat(new JsonObject(of(some.encode()).summary()).size()).isEqualTo(64);
  }

  @Test
  void aZeroCharacterInANameIsWrittenAsJsonWritesIt() {
    assertThat(of("{\"a\\u0000b\":1}").summary()).isEqualTo("{\"a\\u0000b\":1}");
  }

  private static Arguments of(String json) {
    return Arguments.of(Buffer.buffer(json));
  }
}
