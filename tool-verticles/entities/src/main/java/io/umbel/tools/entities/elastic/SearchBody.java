package io.umbel.tools.entities.elastic;

import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntityType;
import io.umbel.tools.entities.settings.Field;
import io.umbel.tools.entities.settings.Fuzziness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The body of a search: any of the fields, the best one's score, and of each field only what
 * reaches its threshold. What is looked for is a value in it, never a part of the language.
 *
 * @param sortBy the field that tells hits of one score apart
 * @see <a
 *     href="https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl.html">Query
 *     DSL</a>
 */
record SearchBody(String sortBy) {

  JsonObject of(EntityType type, Wanted wanted) {
    return new JsonObject()
        .put("query", filtered(query(type, wanted), wanted.userType()))
        .put("from", wanted.offset())
        .put("size", wanted.limit())
        .put("track_total_hits", true)
        .put("track_scores", true)
        .put(
            "sort",
            JsonArray.of(
                JsonObject.of("_score", "desc"),
                JsonObject.of(sortBy, JsonObject.of("order", "asc", "unmapped_type", "keyword"))));
  }

  private static JsonObject query(EntityType type, Wanted wanted) {
    var queries = new JsonArray();
    type.fields()
        .forEach(field -> queries.add(reaching(wanted.floor(field), match(field, wanted))));
    return JsonObject.of("dis_max", JsonObject.of("queries", queries));
  }

  private static JsonObject match(Field field, Wanted wanted) {
    var match = new JsonObject()
        .put("query", wanted.query())
        .put("fields", JsonArray.of(field.name()))
        .put("boost", field.boost())
        // A word is no error in a field of numbers: it is not in there.
        .put("lenient", true);
    return JsonObject.of(
        "multi_match",
        field.fuzziness() == Fuzziness.NONE
            ? match.put("type", "phrase")
            : match
                .put("type", "best_fields")
                .put("fuzziness", field.fuzziness().word()));
  }

  private static JsonObject reaching(float floor, JsonObject match) {
    return floor == 0
        ? match
        : JsonObject.of("function_score", JsonObject.of("query", match, "min_score", floor));
  }

  private static JsonObject filtered(JsonObject query, String userType) {
    if (userType == null) {
      return query;
    }
    var filter = JsonObject.of("value", userType, "case_insensitive", true);
    return JsonObject.of(
        "bool",
        JsonObject.of(
            "must",
            query,
            "filter",
            JsonObject.of("term", JsonObject.of(Wanted.USER_TYPE, filter))));
  }
}
