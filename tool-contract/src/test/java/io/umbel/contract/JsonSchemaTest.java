package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(30)
class JsonSchemaTest {

  private static final JsonObject SEARCH = Schema.object()
      .text("query", "What to look for")
      .integer("limit", "How many")
      .between(1, 50)
      .require("query")
      .toJson();

  @Test
  void findsNothingWrongWithWhatFollowsIt() {
    assertThat(violations(SEARCH, "{\"query\":\"x\",\"limit\":50}")).isEmpty();
  }

  @Test
  void isCompiledOnceForAllWhoHaveItToTheLetter() {
    assertThat(JsonSchema.kept(SEARCH)).isSameAs(JsonSchema.kept(SEARCH.copy()));
    assertThat(JsonSchema.kept(SEARCH))
        .isNotSameAs(JsonSchema.kept(Schema.object().toJson()));
  }

  @Test
  void doesNotTakeATextForAnInteger() {
    assertThat(violations(SEARCH, "{\"query\":\"x\",\"limit\":\"10\"}"))
        .containsExactly(new Violation("/limit", "string found, integer expected"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "true", "null", "[1]", "{}", "0", "51", "1e400", "-1e400"})
  void takesOnlyIntegersWithinBounds(String limit) {
    assertThat(violations(SEARCH, "{\"query\":\"x\",\"limit\":" + limit + "}"))
        .isNotEmpty()
        .allSatisfy(violation -> assertThat(violation.pointer()).isEqualTo("/limit"));
  }

  @Test
  void takesAWholeNumberHoweverItIsWritten() {
    assertThat(violations(SEARCH, "{\"query\":\"x\",\"limit\":1.0}")).isEmpty();
    assertThat(violations(SEARCH, "{\"query\":\"x\",\"limit\":5e0}")).isEmpty();
  }

  @Test
  void tellsAllViolationsAtOnceEachAtItsPlace() {
    assertThat(violations(SEARCH, "{\"limit\":51,\"page\":1,\"size\":2}"))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/query", "/limit", "/page", "/size");
  }

  @Test
  void pointsIntoListsAndNestedObjects() {
    var schema = schema("""
            {"properties": {"a": {"items": {"properties": {"b": {"type": "integer"}}}}}}\
            """);
    assertThat(violations(schema, "{\"a\":[{\"b\":1},{\"b\":\"1\"}]}"))
        .extracting(Violation::pointer)
        .containsExactly("/a/1/b");
  }

  @Test
  void escapesSlashAndTildeInPointers() {
    var schema = schema("""
            {"properties": {"x/y": {"properties": {"p~q": {"type": "integer"}},
                                    "required": ["r/~s"], "additionalProperties": false}}}\
            """);
    assertThat(violations(schema, "{\"x/y\":{\"p~q\":\"1\",\"u/~v\":1}}"))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/x~1y/p~0q", "/x~1y/r~1~0s", "/x~1y/u~1~0v");
  }

  @Test
  void pointsToTheWholeValueWithAnEmptyPointer() {
    assertThat(violations(SEARCH, "[]"))
        .containsExactly(new Violation("", "array found, object expected"));
  }

  @Test
  void speaksDialect202012UnlessTheSchemaNamesAnother() {
    var keyword = "\"dependentRequired\":{\"a\":[\"b\"]}";
    var draft7 = "\"$schema\":\"http://json-schema.org/draft-07/schema#\"";
    assertThat(violations(schema("{" + keyword + "}"), "{\"a\":1}")).hasSize(1);
    assertThat(violations(schema("{" + draft7 + "," + keyword + "}"), "{\"a\":1}"))
        .isEmpty();
  }

  @Test
  void followsReferencesInsideTheSchema() {
    var schema =
        schema("{\"$defs\":{\"n\":{\"type\":\"integer\"}},\"items\":{\"$ref\":\"#/$defs/n\"}}");
    assertThat(violations(schema, "[1,\"2\"]"))
        .extracting(Violation::pointer)
        .containsExactly("/1");
  }

  @Test
  void fetchesNothingFromANetwork() {
    var requests = new AtomicInteger();
    var vertx = Vertx.vertx();
    var server = vertx
        .createHttpServer()
        .requestHandler(request -> {
          requests.incrementAndGet();
          request.response().end("{}");
        })
        .listen(0, "127.0.0.1")
        .await();
    var url = "http://127.0.0.1:" + server.actualPort() + "/schema";
    for (var schema : schemasReferringTo(url)) {
      assertThatThrownBy(() -> violations(schema, "{\"a\":{}}"))
          .as("%s", schema)
          .isInstanceOf(RuntimeException.class);
    }
    vertx.close().await();
    assertThat(requests).hasValue(0);
  }

  private static List<JsonObject> schemasReferringTo(String url) {
    var ref = new JsonObject().put("$ref", url);
    return List.of(
        ref,
        new JsonObject().put("$dynamicRef", url),
        new JsonObject().put("$schema", url),
        new JsonObject().put("$id", url).put("$ref", "other"),
        new JsonObject().put("allOf", new JsonArray().add(ref)),
        new JsonObject().put("additionalProperties", ref),
        new JsonObject().put("properties", new JsonObject().put("a", ref)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"#/$defs/none\"}",
        "{\"$ref\":\"file:///etc/hostname\"}",
        "{\"$schema\":\"urn:unheard-of\"}",
        "{\"pattern\":\"[\"}"
      })
  void refusesASchemaThatCannotBeUsed(String schema) {
    assertThatThrownBy(() -> JsonSchema.compile(new JsonObject(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not a usable JSON Schema");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#"
      })
  void takesAKeywordItDoesNotKnowForANoteAndSaysNothingOfIt(String dialect) {
    var logged = new ListAppender<ILoggingEvent>();
    var library = (Logger) LoggerFactory.getLogger("com.networknt.schema");
    logged.start();
    library.addAppender(logged);
    var noted = SEARCH.copy().put("$schema", dialect).put("x-notes", new JsonArray().add(1));
    noted
        .getJsonObject("properties")
        .getJsonObject("query")
        .put("x-mcp-header", "Query" + dialect.length());

    assertThat(violations(noted, "{\"query\":\"x\",\"limit\":5}")).isEmpty();
    assertThat(violations(noted, "{\"query\":1}")).hasSize(1);
    library.detachAppender(logged);
    assertThat(logged.list).isEmpty();
  }

  @Test
  void looksAsDeepAsJsonIsRead() {
    var schema = schema("{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"additionalProperties\":false}");
    var depth = Json.MAX_DEPTH - 1;
    var deep = "{\"a\":".repeat(depth) + "{\"b\":1}" + "}".repeat(depth);
    assertThat(violations(schema, deep))
        .extracting(Violation::pointer)
        .containsExactly("/a".repeat(depth) + "/b");
    assertThatThrownBy(() -> violations(schema, "{\"a\":" + deep + "}"))
        .hasMessageContaining("depth");
  }

  private static JsonObject schema(String json) {
    return new JsonObject(json);
  }

  private static List<Violation> violations(JsonObject schema, String value) {
    try {
      return JsonSchema.compile(schema).violations(Json.MAPPER.readTree(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
