package io.umbel.tools.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of an issue's quality, told with the issue. */
class QualityTest extends IssuesFamily {

  private final ComplianceTools compliance = new ComplianceTools();
  private String key;

  @BeforeEach
  void addIssue() {
    key = issue(ANN, "Export");
  }

  @Test
  void tellsWhatComplianceKnowsOfTheIssueAsItIs() {
    meet();
    var result = JsonObject.of("short_name", "DoR", "compliance_factor", 0.5);
    compliance.answer =
        Future.succeededFuture(JsonObject.of("status", 200, "body", JsonArray.of(result)));
    var told = get();
    assertThat(told.getJsonArray("compliance_results")).containsExactly(result);
    assertThat(told.containsKey("degraded")).isFalse();
    assertThat(compliance.callers).containsExactly(ANN);
    var asked = compliance.asked.element();
    assertThat(asked.getString("operation")).isEqualTo("listIssueResults");
    for (var member : new String[] {"id", "key", "title", "description", "labels", "meta_data"}) {
      assertThat(asked.getJsonObject("body").getValue(member))
          .as(member)
          .isNotNull()
          .isEqualTo(told.getValue(member));
    }
  }

  @Test
  void asksNobodyWhereThatIsNotWanted() {
    meet();
    var told = ok(ANN, "get_issue", asked("issue", key).put("include", JsonArray.of("revision")));
    assertThat(told.fieldNames()).doesNotContain("compliance_results", "degraded");
    assertThat(compliance.asked).isEmpty();
  }

  @Test
  void tellsTheIssueWithoutItWhereNobodyKnows() {
    isDegraded();
    meet();
    compliance.answer = Future.succeededFuture(
        JsonObject.of("status", 503, "body", JsonObject.of("detail", "away")));
    isDegraded();
    compliance.answer = Future.succeededFuture(new JsonObject());
    isDegraded();
    compliance.answer = Future.failedFuture("broken");
    isDegraded();
  }

  @Test
  void waitsNotForLong() {
    meet();
    compliance.answer = Promise.<JsonObject>promise().future();
    isDegraded();
  }

  private void isDegraded() {
    var told = get();
    assertThat(told.getString("title")).isEqualTo("Export");
    assertThat(told.getJsonArray("compliance_results")).isEmpty();
    assertThat(told.getJsonArray("degraded")).containsExactly("compliance_unavailable");
  }

  private void meet() {
    node().deploy(compliance);
    listener().nextArrivalOf("compliance");
  }

  private JsonObject get() {
    return ok(ANN, "get_issue", asked("issue", key).put("include", JsonArray.of("compliance")));
  }
}
