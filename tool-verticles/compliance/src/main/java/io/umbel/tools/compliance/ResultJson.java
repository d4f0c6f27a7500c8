package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Standard;
import io.umbel.tools.compliance.rules.Annotation;
import io.umbel.tools.compliance.rules.Estimate;
import io.umbel.tools.compliance.rules.Finding;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Results as they are told, and as they are kept. */
final class ResultJson {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ResultJson() {}

  /** What is kept: all that depends on nothing but the text of the issue. */
  static JsonObject of(Estimate estimate) {
    var places = new JsonArray();
    estimate.annotations().forEach(place -> places.add(json(place)));
    var findings = new JsonArray();
    estimate.findings().forEach(finding -> findings.add(json(finding)));
    return new JsonObject()
        .put("compliance_factor", estimate.factor())
        .put("reason", estimate.reason())
        .put("suggestion", estimate.suggestion())
        .put("annotated_description", places)
        .put("findings", findings);
  }

  /** What is told of an issue. */
  static JsonObject told(Metric metric, AskedIssue issue, Verdict verdict) {
    var standard = verdict.standard();
    var judged = verdict.judged();
    var key = String.join("|", issue.id(), standard.metric(), standard.method(), standard.rubric());
    var id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    var told = new JsonObject()
        .put("id", id.toString())
        .put("issue_id", issue.id())
        .put("issue_key", issue.key())
        .put("prompt_id", metric.id())
        .put("name", metric.name())
        .put("short_name", metric.shortName())
        .mergeIn(judged.result().copy())
        .put("method", standard.method())
        .put("rubric", standard.rubric())
        .put("confidence", isModels(standard) ? "model" : "rule-based")
        .put("content_hash", judged.contentHash())
        .put("created_at", time(judged.createdAt()))
        .put("updated_at", time(judged.updatedAt()));
    return verdict.failure() == null
        ? told
        : told.put("degraded", JsonArray.of(verdict.failure().word()));
  }

  private static boolean isModels(Standard standard) {
    return standard.method().equals(Question.MODEL);
  }

  private static String time(Instant moment) {
    return MILLIS.format(moment);
  }

  private static JsonObject json(Annotation place) {
    return new JsonObject()
        .put("text", place.text())
        .put("label", place.label())
        .put("status", place.compliant() ? "compliant" : "non-compliant")
        .put("comment", place.comment());
  }

  private static JsonObject json(Finding finding) {
    var json = new JsonObject()
        .put("check", finding.check())
        .put("label", finding.label())
        .put("score", finding.score())
        .put("weight", finding.weight())
        .put("status", finding.status());
    if (finding.evidence() != null) {
      json.put("evidence", finding.evidence());
    }
    return finding.suggestion() == null ? json : json.put("suggestion", finding.suggestion());
  }
}
