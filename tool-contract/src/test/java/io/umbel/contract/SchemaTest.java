package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SchemaTest {

  @Test
  void writesEachPropertyAsItsKindSays() {
    var schema = Schema.object()
        .text("query", "What to look for")
        .with("minLength", 1)
        .integer("limit", "How many")
        .between(1, 50)
        .number("score", "How sure")
        .flag("all", "Whether all")
        .choice("order", "By what", "name", "age")
        .list("tags", "Which", new JsonObject().put("type", "string"))
        .require("query");
    assertThat(schema.toJson()).isEqualTo(new JsonObject("""
                {"type": "object",
                 "properties": {
                   "query": {"type": "string", "description": "What to look for", "minLength": 1},
                   "limit": {"type": "integer", "description": "How many", "minimum": 1,
                             "maximum": 50},
                   "score": {"type": "number", "description": "How sure"},
                   "all": {"type": "boolean", "description": "Whether all"},
                   "order": {"type": "string", "description": "By what", "enum": ["name", "age"]},
                   "tags": {"type": "array", "description": "Which", "items": {"type": "string"}}},
                 "required": ["query"],
                 "additionalProperties": false}\
                """));
  }

  @Test
  void requiresNothingUnlessTold() {
    assertThat(Schema.object().toJson())
        .isEqualTo(new JsonObject(
            "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}"));
  }

  @Test
  void closesNestedObjectsToo() {
    var nested =
        Schema.object().nested("where", "Where it is", Schema.object().text("city", "Town"));
    var where = nested.toJson().getJsonObject("properties").getJsonObject("where");
    assertThat(where.getString("description")).isEqualTo("Where it is");
    assertThat(where.getBoolean("additionalProperties")).isFalse();
  }

  @Test
  void isNotChangedThroughTheJsonItGave() {
    var schema = Schema.object().text("query", "What to look for").require("query");
    var given = schema.toJson();
    given.getJsonObject("properties").clear();
    given.getJsonArray("required").clear();
    assertThat(schema.toJson().getJsonObject("properties").fieldNames()).containsExactly("query");
    assertThat(schema.toJson().getJsonArray("required")).containsExactly("query");
  }

  @Test
  void tellsWhatToGiveInsteadOfWhatItDoesNotKnow() {
    var schema = Schema.object().text("description", "Text").instead("body", "use description");
    assertThat(schema.toJson().getJsonObject(Schema.INSTEAD))
        .isEqualTo(JsonObject.of("body", "use description"));
    assertThat(Schema.object().toJson().containsKey(Schema.INSTEAD)).isFalse();
  }
}
