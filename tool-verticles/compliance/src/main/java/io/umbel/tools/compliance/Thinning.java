package io.umbel.tools.compliance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a large answer bearable: first without places in descriptions, then without what checks say
 * beside their scores. What matters most of that is in each result's reason and suggestion too.
 */
final class Thinning {

  private static final List<Consumer<JsonObject>> STEPS =
      List.of(Thinning::withoutPlaces, Thinning::withoutWords);

  private Thinning() {}

  static JsonArray of(JsonArray results) {
    for (var step : STEPS) {
      if (results.encode().length() <= Answer.MOST_CHARACTERS) {
        break;
      }
      results.forEach(result -> step.accept((JsonObject) result));
    }
    return results;
  }

  private static void withoutPlaces(JsonObject result) {
    int places = result.getJsonArray("annotated_description").size();
    result.put("annotated_description", new JsonArray()).put("annotations_omitted", places);
  }

  private static void withoutWords(JsonObject result) {
    result.getJsonArray("findings").forEach(finding -> {
      ((JsonObject) finding).remove("evidence");
      ((JsonObject) finding).remove("suggestion");
    });
  }
}
