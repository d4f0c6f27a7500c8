package io.umbel.tools.compliance.rules;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Issues to look at, from the resources of the tests. */
final class TestTexts {

  private TestTexts() {}

  static JsonObject resource(String name) {
    try (var stream = TestTexts.class.getResourceAsStream("/io/umbel/tools/compliance/" + name)) {
      return Buffer.buffer(stream.readAllBytes()).toJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every issue of the examples. */
  static List<IssueText> all() {
    return vectors().map(TestTexts::issue).toList();
  }

  /** The issue of that example. */
  static IssueText named(String id) {
    return vectors()
        .filter(vector -> vector.getString("id").equals(id))
        .map(TestTexts::issue)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonObject> vectors() {
    return Stream.of("golden.json", "vectors.json")
        .flatMap(name -> resource(name).getJsonArray("vectors").stream())
        .map(JsonObject.class::cast);
  }

  static IssueText issue(JsonObject vector) {
    var labels = vector.getJsonArray("labels", new JsonArray()).stream();
    var estimate = vector.getValue("estimate");
    return new IssueText(
        vector.getString("title"),
        vector.getString("description"),
        labels.map(String.class::cast).toList(),
        Integer.valueOf(0).equals(estimate) || estimate == null ? "" : estimate.toString());
  }
}
