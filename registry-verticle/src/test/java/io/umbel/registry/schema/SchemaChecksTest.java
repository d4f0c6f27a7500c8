package io.umbel.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.umbel.contract.Json;
import io.umbel.contract.Violation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which schemas of strangers are used, and that none of them does harm. */
@Timeout(20)
class SchemaChecksTest {

  private final SchemaChecks checks = new SchemaChecks();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"$ref\":\"#\"} | it refers to itself",
        "{\"properties\":{\"a\":{\"$ref\":\"#\"}}} | it refers to itself",
        "{\"$ref\":\"https://evil.example/s.json\"} | it refers to what is not inside it",
        "{\"$ref\":\"classpath:/x.json\"} | it refers to what is not inside it",
        "{\"$ref\":\"file:///etc/passwd\"} | it refers to what is not inside it",
        "{\"$ref\":\"#/$defs/none\"} | it refers to what is not inside it",
        "{\"$schema\":\"classpath:/draft\"} | its dialect is not known here",
        "{\"properties\":{\"a\":{\"pattern\":\"(a+)+$\"}}} | a pattern in it may take too long",
        "{\"properties\":{\"a\":{\"pattern\":\"(.*)\\\\1\"}}} | a pattern in it may take too long",
        "{\"patternProperties\":{\"a*a*a*a*b\":{}}} | a pattern in it may take too long",
        "{\"pattern\":\"(?<\"} | it is not usable as JSON Schema"
      })
  void isNotUsedAndSaysWhy(String schema, String why) {
    assertThat(checks.unused(schema, new JsonObject(schema))).hasValue(why);
    assertThat(violations(schema, "{}")).isEmpty();
  }

  @Test
  void whatIsNotRequiredMayBeNull() {
    var schema = "{\"properties\":{\"a\":{\"type\":\"boolean\"},\"b\":{\"type\":\"integer\"}},"
        + "\"required\":[\"b\"],\"additionalProperties\":false}";
    assertThat(violations(schema, "{\"a\":null,\"b\":1}")).isEmpty();
    assertThat(violations(schema, "{\"a\":null,\"b\":null}"))
        .extracting(Violation::pointer)
        .containsExactly("/b");
    assertThat(violations(schema, "{\"a\":null,\"b\":\"x\"}"))
        .extracting(Violation::pointer)
        .containsExactly("/b");
    assertThat(violations(schema, "{\"a\":1,\"b\":1}")).hasSize(1);
  }

  @Test
  void aNullThatTheSchemaWantsIsOne() {
    var schema = "{\"properties\":{\"a\":{\"type\":\"null\"}},\"minProperties\":1}";
    assertThat(violations(schema, "{\"a\":null}")).isEmpty();
    assertThat(violations("{\"minProperties\":2}", "{\"a\":null}")).hasSize(1);
  }

  @Test
  void whatGrowsWithEachReferenceIsTooMuch() {
    var defs = new JsonObject().put("d0", JsonObject.of("type", "string"));
    for (int i = 1; i < 15; i++) {
      var twice = new JsonArray()
          .add(JsonObject.of("$ref", "#/$defs/d" + (i - 1)))
          .add(JsonObject.of("$ref", "#/$defs/d" + (i - 1)));
      defs.put("d" + i, JsonObject.of("anyOf", twice));
    }
    var bomb = JsonObject.of("$ref", "#/$defs/d14", "$defs", defs);
    assertThat(checks.unused("bomb", bomb)).hasValue("it takes more than 5000 steps");
  }

  @Test
  void whatIsNestedTooDeepOrTooLongIsTooMuch() {
    var deep = new JsonObject();
    for (int i = 0; i < 70; i++) {
      deep = JsonObject.of("not", deep);
    }
    assertThat(checks.unused("deep", deep)).hasValue("it is nested deeper than 60");
    assertThat(checks.unused("long", JsonObject.of("description", "x".repeat(300_000))))
        .hasValue("it is longer than 262144 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"required\":[\"x\"]}}}",
        "{\"$ref\":\"#here\",\"$defs\":{\"a\":{\"$anchor\":\"here\",\"required\":[\"x\"]}}}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"required\":[\"x\"]}",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"required\":[\"x\"]}"
      })
  void whatStaysInsideIsUsed(String schema) {
    assertThat(checks.unused(schema, new JsonObject(schema))).isEmpty();
    assertThat(violations(schema, "{}")).extracting(Violation::pointer).containsExactly("/x");
    assertThat(violations(schema, "{\"x\":1}")).isEmpty();
  }

  @Test
  void aLongTextIsNotHeldAgainstASlowPattern() {
    var schema = "{\"properties\":{\"a\":{\"pattern\":\"^[a-z]*[0-9]*$\"}}}";
    assertThat(violations(schema, "{\"a\":\"?\"}")).hasSize(1);
    var text = "{\"a\":\"" + "a".repeat(20_000) + "?\"}";
    assertThat(violations(schema, text)).isEmpty();
  }

  private List<Violation> violations(String schema, String arguments) {
    try {
      return checks.violations(
          schema, new JsonObject(schema), Json.MAPPER.readTree(arguments), arguments.length());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
