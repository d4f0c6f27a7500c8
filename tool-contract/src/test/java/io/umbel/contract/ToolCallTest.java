package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ToolCallTest {

  private final ToolCall call = call(new JsonObject("""
              {"text": "t", "integer": 9007199254740993, "whole": 3.0, "number": 2.5, "flag": true,
               "texts": ["a", "b"], "nothing": null}\
              """));

  @Test
  void readsEachKindOfArgument() {
    assertThat(call.text("text")).isEqualTo("t");
    assertThat(call.integer("integer")).isEqualTo(9007199254740993L);
    assertThat(call.integer("whole")).isEqualTo(3);
    assertThat(call.number("number")).isEqualTo(2.5);
    assertThat(call.flag("flag")).isTrue();
    assertThat(call.texts("texts")).containsExactly("a", "b");
  }

  @Test
  void readsAnAbsentArgumentAsNothingOrItsDefault() {
    assertThat(call.has("absent")).isFalse();
    assertThat(call.text("absent")).isNull();
    assertThat(call.text("absent", "x")).isEqualTo("x");
    assertThat(call.integer("absent")).isZero();
    assertThat(call.integer("absent", 5)).isEqualTo(5);
    assertThat(call.number("absent")).isZero();
    assertThat(call.flag("absent")).isFalse();
    assertThat(call.texts("absent")).isEmpty();
  }

  @Test
  void readsNullAsAbsent() {
    assertThat(call.has("nothing")).isFalse();
    assertThat(call.text("nothing", "x")).isEqualTo("x");
    assertThat(call.integer("nothing", 5)).isEqualTo(5);
    assertThat(call.texts("nothing")).isEmpty();
  }

  @Test
  void givesItsArgumentsAsACopy() {
    call.arguments().clear();
    assertThat(call.arguments().fieldNames()).hasSize(7);
  }

  private static ToolCall call(JsonObject arguments) {
    return new ToolCall(null, (ObjectNode) Json.tree(arguments));
  }
}
