package io.umbel.tools.compliance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The estimator gives what its definition gives, number by number: on the published examples
 * ({@code golden.json}) and on many more whose numbers were made by the same definition
 * ({@code vectors.json}).
 */
class VectorsTest {

  @TestFactory
  Stream<DynamicTest> publishedExamples() {
    return vectors("golden.json");
  }

  @TestFactory
  Stream<DynamicTest> furtherExamples() {
    return vectors("vectors.json");
  }

  @Test
  void weighsTheChecksAsPublished() {
    var published = TestTexts.resource("golden.json").getJsonObject("weights");
    var weights = new JsonObject();
    Metric.DOR
        .checks()
        .forEach(weighted -> weights.put(weighted.check().id(), (int) weighted.weight()));
    assertThat(weights).isEqualTo(published);
    assertThat(TestTexts.resource("golden.json").getString("rubric")).isEqualTo(Metric.RUBRIC);
  }

  private static Stream<DynamicTest> vectors(String resource) {
    return TestTexts.resource(resource).getJsonArray("vectors").stream()
        .map(JsonObject.class::cast)
        .map(vector -> DynamicTest.dynamicTest(vector.getString("id"), () -> isExact(vector)));
  }

  private static void isExact(JsonObject vector) {
    var issue = TestTexts.issue(vector);
    var expected = vector.getJsonObject("expected");
    var reading = Reading.of(issue);
    assertThat(reading.kind().word()).isEqualTo(expected.getString("kind"));
    assertThat(reading.words()).isEqualTo(expected.getInteger("words"));
    assertThat(reading.criteria()).hasSize(expected.getInteger("criteria"));
    gives(Metric.DOR, issue, expected.getDouble("dor"), expected.getJsonObject("dor_checks"));
    gives(
        Metric.INVEST, issue, expected.getDouble("invest"), expected.getJsonObject("invest_parts"));
    gives(Metric.RISK, issue, expected.getDouble("risk"), expected.getJsonObject("risk_parts"));
    assertThat(Improvement.of(issue).sections())
        .isEqualTo(expected.getJsonArray("improve_sections").getList());
  }

  private static void gives(Metric metric, IssueText issue, double factor, JsonObject scores) {
    var estimate = Estimate.of(metric, issue);
    Map<String, Double> found = new LinkedHashMap<>();
    estimate.findings().forEach(finding -> found.put(finding.check(), finding.score()));
    Map<String, Double> wanted = new LinkedHashMap<>();
    scores.forEach(score -> wanted.put(score.getKey(), ((Number) score.getValue()).doubleValue()));
    assertThat(found).isEqualTo(wanted);
    assertThat(List.copyOf(found.keySet())).isEqualTo(List.copyOf(wanted.keySet()));
    assertThat(estimate.factor()).as(metric.shortName()).isEqualTo(factor);
  }
}
