package io.umbel.registry.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples of RFC 8785, and its appendix B. */
class CanonicalTest {

  @Test
  void writesMembersInOrderAndTextsAsShortAsTheyCanBe() {
    var json = new JsonObject("{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,"
        + "0.000000000000000000000000001],\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c"
        + "\\\\\\\"\\/\",\"literals\":[null,true,false]}");
    assertThat(Canonical.text(json))
        .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,"
            + "1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void ordersMembersByUtf16Units() {
    var json = new JsonObject("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
        + "\"\\u0080\":6,\"\\u00f6\":7}");
    assertThat(Canonical.text(json))
        .isEqualTo(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000001, 5e-324",
    "8000000000000000, 0",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "becbf647612f3696, -0.0000033333333333333333"
  })
  void writesNumbersAsEcmaScriptDoes(String bits, String text) {
    var number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(Canonical.text(number)).isEqualTo(text);
  }

  @Test
  void theSameInOtherWordsHasTheSameHash() {
    assertThat(Canonical.hash(new JsonObject("{\"a\":1.0,\"b\":{\"c\":null}}")))
        .isEqualTo(Canonical.hash(new JsonObject("{\"b\":{\"c\":null},\"a\":1}")))
        .isNotEqualTo(Canonical.hash(new JsonObject("{\"b\":{},\"a\":1}")))
        .hasSize(64);
    assertThat(Canonical.text(new BigDecimal("1E400"))).isEqualTo("1E+400");
  }
}
