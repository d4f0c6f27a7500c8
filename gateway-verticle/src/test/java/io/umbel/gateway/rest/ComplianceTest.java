package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.JsonSchema;
import io.umbel.contract.ToolResult;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How well issues are written, asked for over HTTP. */
class ComplianceTest {

  private static final String ISSUE = "/api/v1/issues/WEB-1/compliance";
  private static final JsonObject RESULT = JsonObject.of("issue_id", "1", "issue_key", "WEB-1")
      .put("compliance_factor", 0.5)
      .put("reason", "r")
      .put("suggestion", "s")
      .put("findings", new JsonArray())
      .put("method", "rules")
      .put("rubric", "rules-1");
  private static final JsonObject UPDATE = JsonObject.of("tool_name", "update_issue")
      .put("issue_identifier", "WEB-1")
      .put("arguments", JsonObject.of("issue", "1"))
      .put("changes", JsonArray.of("c"))
      .put("method", "rules");

  private static final List<ComplianceTools> FAMILIES = new ArrayList<>();
  private static RestGateways gateways;
  private static RestGateways without;

  private ComplianceTools family;
  private RestClient ann;

  @BeforeAll
  static void start() {
    gateways = new RestGateways(TestDatabase.fresh(), RateSettings.NONE, () -> {
      FAMILIES.add(new ComplianceTools());
      return List.of(FAMILIES.get(FAMILIES.size() - 1));
    });
    without = new RestGateways();
  }

  @AfterAll
  static void stop() {
    gateways.close();
    without.close();
  }

  @BeforeEach
  void onOneNode() {
    family =
        FAMILIES.stream().filter(one -> one.deploymentID() != null).findFirst().orElseThrow();
    family.asked.clear();
    ann = gateways.admin("acme");
  }

  @Test
  void listsByWhatIssuesCanBeJudged() {
    var said = ann.get("/api/v1/compliance-metrics");
    assertThat(said.status()).isEqualTo(200);
    assertThat(new JsonArray(said.response().body())).isEqualTo(ComplianceTools.METRICS);
  }

  @Test
  void answersWhatTheToolsAnswerOfOneIssue() {
    family.answers = issue -> found("results", RESULT);
    var said = ann.get(ISSUE + "?metric=Risk&method=rules");
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json()).isEqualTo(RESULT);
    assertThat(fits("ComplianceResult", said.json())).isTrue();
    var asked = family.asked.element();
    assertThat(asked.origin().target().name()).isEqualTo("estimate_compliance");
    assertThat(asked.arguments())
        .isEqualTo(JsonObject.of("issues", JsonArray.of("WEB-1"))
            .put("compliance_metric", "Risk")
            .put("method", "rules"));
    assertThat(asked.caller().subject()).isEqualTo("ann");

    family.answers = issue -> found("suggested_updates", UPDATE);
    var update = ann.get(ISSUE + "-suggestion");
    assertThat(update.json()).isEqualTo(UPDATE);
    assertThat(fits("ComplianceSuggestion", update.json())).isTrue();
    family.answers = issue -> found("suggested_updates");
    assertThat(ann.get(ISSUE + "-suggestion").status()).isEqualTo(204);
  }

  @Test
  void takesAnyNameOfAnIssue() {
    family.answers = issue -> found("results", RESULT.copy().put("issue_key", issue));
    var key = ann.get("/api/v1/issues/o%2Fr%2312/compliance");
    assertThat(key.json().getString("issue_key")).isEqualTo("o/r#12");
    var url = ann.get("/api/v1/issues/https%3A%2F%2Fj.x%2Fbrowse%2FP-9/compliance");
    assertThat(url.json().getString("issue_key")).isEqualTo("https://j.x/browse/P-9");
  }

  @Test
  void tellsInTheToolsWordsWhyThereIsNone() {
    var statuses = Map.of(
        ErrorCode.NOT_FOUND, "404 urn:umbel:problem:not-found No issue",
        ErrorCode.INVALID_ARGUMENT, "400 urn:umbel:problem:invalid-argument No issue",
        ErrorCode.ACCESS_DENIED, "403 urn:umbel:problem:access-denied No issue",
        ErrorCode.AMBIGUOUS, "409 urn:umbel:problem:ambiguous No issue",
        ErrorCode.TOO_LARGE, "413 urn:umbel:problem:too-large No issue",
        ErrorCode.BUDGET_EXCEEDED, "429 urn:umbel:problem:budget-exceeded No issue",
        ErrorCode.UPSTREAM_ERROR, "502 urn:umbel:problem:upstream-error No issue",
        ErrorCode.CIRCUIT_OPEN, "503 urn:umbel:problem:circuit-open No issue",
        ErrorCode.UPSTREAM_TIMEOUT, "504 urn:umbel:problem:upstream-timeout No issue",
        ErrorCode.INTERNAL, "500 urn:umbel:problem:internal No issue");
    statuses.forEach((code, problem) -> {
      family.answers = issue -> ToolResult.failure(code, "No issue");
      assertThat(ann.get(ISSUE).problem()).isEqualTo(problem);
      family.answers = issue -> failed(code, "No issue");
      assertThat(ann.get(ISSUE).problem()).isEqualTo(problem);
      assertThat(ann.get(ISSUE + "-suggestion").problem()).isEqualTo(problem);
    });
  }

  @Test
  void holdsATokenToWhatItIsConfinedTo() {
    family.answers = issue -> found("results", RESULT);
    var project =
        ann.post("/api/v1/projects", JsonObject.of("key", "a", "name", "A")).id();
    var other =
        ann.post("/api/v1/projects", JsonObject.of("key", "b", "name", "B")).id();
    var bound = client("tools", JsonObject.of("project_id", project));
    assertThat(bound.get(ISSUE).status()).isEqualTo(200);
    assertThat(family.asked.poll().arguments().getString("project_id")).isEqualTo(project);
    assertThat(bound.get(ISSUE + "?project_id=" + other).problem())
        .isEqualTo("403 urn:umbel:problem:access-denied No access to project " + other);
    assertThat(family.asked).isEmpty();
    assertThat(bound.get("/api/v1/projects").status()).isEqualTo(403);
  }

  @Test
  void isNotForATokenThatMayNotCallTools() {
    for (var path : List.of(ISSUE, ISSUE + "-suggestion", "/api/v1/compliance-metrics")) {
      assertThat(client("view_tools", new JsonObject()).get(path).status()).isEqualTo(403);
      assertThat(gateways.client(gateways.a, null).get(path).status()).isEqualTo(401);
    }
    assertThat(family.asked).isEmpty();
  }

  @Test
  void saysSoWhereTheCallerHasNoSuchTool() {
    var off = JsonObject.of("is_enabled", false);
    ann.send("PUT", "/api/v1/tools/estimate_compliance", off.encode(), "If-Match", "*");
    assertThat(ann.get(ISSUE).problem())
        .isEqualTo("404 urn:umbel:problem:not-found This token has no tool estimate_compliance:"
            + " it may not call it, or its account has no tracker in use");
    var on = JsonObject.of("is_enabled", true);
    ann.send("PUT", "/api/v1/tools/estimate_compliance", on.encode(), "If-Match", "*");
    assertThat(family.asked).isEmpty();
    assertThat(without.admin("acme").get(ISSUE).status()).isEqualTo(404);
    assertThat(without.admin("acme").get("/api/v1/compliance-metrics").problem())
        .startsWith("503 urn:umbel:problem:unavailable No node with the role compliance is here");
  }

  @Test
  void refusesWhatIsNoParameter() {
    assertThat(ann.get(ISSUE + "?refresh=true").status()).isEqualTo(400);
    assertThat(ann.get(ISSUE + "?method=magic").status()).isEqualTo(400);
    assertThat(ann.get(ISSUE + "?metric=").status()).isEqualTo(400);
  }

  private static RestClient client(String scope, JsonObject more) {
    return gateways.client(gateways.a, RestGateways.token("acme", "bob", scope, more));
  }

  private static ToolResult found(String list, JsonObject... all) {
    return ToolResult.of(JsonObject.of(list, new JsonArray(List.of(all)))
        .put("metadata", JsonObject.of("failures", new JsonArray())));
  }

  private static ToolResult failed(ErrorCode code, String message) {
    var failure = JsonObject.of("issue", "WEB-1", "code", code.name()).put("message", message);
    return ToolResult.of(JsonObject.of("results", new JsonArray())
        .put("metadata", JsonObject.of("failures", JsonArray.of(failure))));
  }

  private static boolean fits(String schema, JsonObject value) {
    var components = Contract.read().text().toJsonObject().getJsonObject("components");
    var compiled = JsonSchema.compile(
        JsonObject.of("$ref", "#/components/schemas/" + schema, "components", components));
    return RequestReader.wrongs(compiled, value).isEmpty();
  }
}
