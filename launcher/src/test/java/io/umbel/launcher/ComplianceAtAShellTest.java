package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issues are judged and improved in a gateway that runs both families. */
class ComplianceAtAShellTest {

  @TempDir
  Path directory;

  private Trial trial;
  private URI endpoint;

  @Test
  void anIssueIsJudgedImprovedAndJudgedAgain() throws IOException {
    trial = Trial.in(directory);
    try (var gateway = trial.start("up", "--demo", "--roles", "gateway,issues,compliance")) {
      endpoint = gateway.endpoint();
      var before = estimate();
      var update = call("improve_compliance", "issues=[\"WEB-7\"]")
          .getJsonArray("suggested_updates")
          .getJsonObject(0);
      assertThat(update.getString("tool_name")).isEqualTo("update_issue");
      assertThat(made(update.getJsonObject("arguments")).getJsonArray("updated_fields"))
          .containsExactly("description");
      var skeleton = estimate();
      assertThat(skeleton.getDouble("compliance_factor"))
          .isEqualTo(before.getDouble("compliance_factor"));
      assertThat(skeleton.getString("content_hash")).isNotEqualTo(before.getString("content_hash"));
      assertThat(skeleton.getString("created_at")).isEqualTo(before.getString("created_at"));
      var description = update.getJsonObject("arguments").getString("description");
      made(new JsonObject()
          .put("issue", "WEB-7")
          .put(
              "description", description.replace("- TODO: fill in", "Searching at sea, no more.")));
      assertThat(estimate().getDouble("compliance_factor"))
          .isGreaterThan(before.getDouble("compliance_factor"));
    }
  }

  @Test
  void aLanguageModelJudgesWhereTheOperatorHasOne() throws IOException {
    trial = Trial.in(directory);
    var setting = new HashMap<String, String>();
    try (var model = new JudgingServer()) {
      setting.put("UMBEL_COMPLIANCE_MODEL_URL", model.url());
      setting.put("UMBEL_COMPLIANCE_MODEL_NAME", "judge-7b");
      setting.put("UMBEL_COMPLIANCE_MODEL_KEY", JudgingServer.KEY);
      var roles = "gateway,issues,compliance";
      try (var gateway = trial.startWith(setting, "up", "--demo", "--roles", roles)) {
        endpoint = gateway.endpoint();
        var result = estimate();
        assertThat(result.getString("method")).as("%s", result).isEqualTo("llm");
        assertThat(result.getString("rubric")).isEqualTo("judge-7b");
        assertThat(get("/api/v1/issues/WEB-7/compliance")).isEqualTo(result);
        assertThat(call("get_issue", "issue=WEB-7", "include=[\"compliance\"]")
                .getJsonArray("compliance_results"))
            .containsExactly(result);
        assertThat(model.asked()).isEqualTo(1);
        assertThat(text("/metrics"))
            .contains("mcp_compliance_model_calls_total{outcome=\"answered\"} 1.0")
            .contains("mcp_compliance_model_tokens_total 420.0")
            .contains("mcp_compliance_model_duration_seconds_count 1");
        assertThat(gateway.stderr()).doesNotContain(JudgingServer.KEY);
      }
    }
  }

  @Test
  void aModelWithoutANameIsRefusedAtTheStart() throws IOException {
    trial = Trial.in(directory);
    var setting = Map.of("UMBEL_COMPLIANCE_MODEL_URL", "http://127.0.0.1:1/v1");
    try (var refused = trial.startWith(setting, "up", "--roles", "gateway,compliance")) {
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.stderr())
          .contains("umbel.compliance.model.url is there and umbel.compliance.model.name is not:"
              + " say which model to ask");
    }
  }

  private JsonObject get(String path) throws IOException {
    return new JsonObject(text(path));
  }

  private String text(String path) throws IOException {
    var request = HttpRequest.newBuilder(endpoint.resolve(path))
        .header("Authorization", "Bearer " + trial.token("tools"))
        .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFileOfMetricsThatCannotBeUsedIsToldWithItsLine() throws IOException {
    trial = Trial.in(directory);
    var file = Files.writeString(directory.resolve("team.yaml"), "metrics:\n  - id: No\n");
    var setting = Map.of("UMBEL_COMPLIANCE_METRICS", file.toString());
    try (var refused = trial.startWith(setting, "up", "--roles", "gateway,compliance")) {
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.stderr())
          .contains("The role compliance did not start: " + file + ", line 2: expected an id");
    }
  }

  private JsonObject estimate() throws IOException {
    return call("estimate_compliance", "issues=[\"WEB-7\"]")
        .getJsonArray("results")
        .getJsonObject(0);
  }

  /** The call, made with these arguments as they are. */
  private JsonObject made(JsonObject arguments) throws IOException {
    return call("update_issue", "--json", arguments.encode());
  }

  private JsonObject call(String tool, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("call", tool));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", endpoint.toString()));
    try (var process = trial.start(all.toArray(String[]::new))) {
      assertThat(process.status()).as(process.stderr()).isZero();
      return new JsonObject(String.join("\n", process.restOfStdout()));
    }
  }
}
