package io.umbel.tools.compliance.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.tools.compliance.rules.Estimate;
import io.umbel.tools.compliance.rules.IssueText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsFileTest {

  private static final String TEAM = """
      metrics:
        - id: team_ready_v1
          name: Our Definition of Ready
          short_name: Team
          checks:
            - id: acceptance
              weight: 3
            - id: Independent
              weight: 1.5
              label: Alone
              suggestion: Cut it.
      """;

  @Test
  void addsMetricsToOurs() {
    var metrics = MetricsFile.of("m.yaml", TEAM);
    assertThat(metrics.names()).isEqualTo("DoR, INVEST, Risk, Team");
    var team = metrics.named("TEAM_ready_v1").orElseThrow();
    var estimate = Estimate.of(
        team,
        new IssueText(
            "Any", "- [ ] It returns 200\n- [ ] It shows the name of each user\n", List.of(), ""));
    assertThat(estimate.factor()).isEqualTo(.9);
    assertThat(estimate.reason())
        .isEqualTo("Weakest: Alone is partial (no dependencies stated). 1 of 2 checks are met.");
    assertThat(estimate.suggestion()).isEqualTo("Cut it.");
  }

  @Test
  void tellsOneDefinitionFromAnother() {
    var digest = digest(TEAM);
    assertThat(digest(TEAM)).isEqualTo(digest);
    assertThat(digest(TEAM.replace("weight: 3", "weight: 4"))).isNotEqualTo(digest);
  }

  @Test
  void mayHaveALanguageModelToldOfThem() {
    var metrics = MetricsFile.of("m.yaml", TEAM + """
          prompts:
            estimate: |
              Is it ready for us?
              Say so.
            improve: Write it for us.
        - id: other_v1
          name: Other
          short_name: Other
          prompts: {improve: Anew}
          checks: [{id: title, weight: 1}]
      """);
    var team = metrics.named("Team").orElseThrow();
    assertThat(metrics.promptsOf(team))
        .isEqualTo(new OwnPrompts("Is it ready for us?\nSay so.\n", "Write it for us."));
    assertThat(metrics.promptsOf(metrics.named("Other").orElseThrow()))
        .isEqualTo(new OwnPrompts(null, "Anew"));
    assertThat(metrics.promptsOf(metrics.named("DoR").orElseThrow())).isEqualTo(OwnPrompts.NONE);
    assertThat(team.key())
        .isNotEqualTo(MetricsFile.of("m.yaml", TEAM).named("Team").get().key());
  }

  @Test
  void refusesPromptsThatAreNone() {
    var prompted = TEAM + "    prompts:\n";
    assertThat(refusal(prompted + "      estimate: ''\n"))
        .isEqualTo("m.yaml, line 13: expected a text of at most 8000 characters");
    assertThat(refusal(prompted + "      estimate: " + "x".repeat(8001) + "\n"))
        .startsWith("m.yaml, line 13: expected a text");
    assertThat(refusal(prompted + "      guess: x\n"))
        .isEqualTo("m.yaml, line 13: expected one of estimate, improve");
  }

  @Test
  void saysInWhichLineSomethingIsWrong() {
    assertThat(refusal(TEAM.replace("weight: 3", "weight: much")))
        .isEqualTo("m.yaml, line 7: expected a number above 0, at most 1000");
    assertThat(refusal(TEAM.replace("weight: 3", "weight: -1"))).startsWith("m.yaml, line 7: ");
    assertThat(refusal(TEAM.replace("weight: 3", "weight: NaN"))).startsWith("m.yaml, line 7: ");
    assertThat(refusal(TEAM.replace("id: acceptance", "id: beauty")))
        .startsWith("m.yaml, line 6: expected one of title, context, acceptance, ");
    assertThat(refusal(TEAM.replace("id: Independent", "id: acceptance")))
        .isEqualTo("m.yaml, line 8: the check acceptance is there twice");
    assertThat(refusal(TEAM.replace("    name: Our", "    nmae: Our")))
        .isEqualTo("m.yaml, line 3: expected one of id, name, short_name, checks, prompts");
    assertThat(refusal(TEAM.replace("    name: Our", "    id: x")))
        .isEqualTo("m.yaml, line 3: id is there twice");
    assertThat(refusal(TEAM.replace("    name: Our Definition of Ready\n", "")))
        .isEqualTo("m.yaml, line 2: name is missing");
    assertThat(refusal(TEAM.replace("team_ready_v1", "Team Ready")))
        .isEqualTo("m.yaml, line 2: expected an id such as team_ready_v1");
  }

  @Test
  void letsNoMetricTakeTheNameOfAnother() {
    for (var taken : List.of("dor", "RISK")) {
      assertThat(refusal(TEAM.replace("short_name: Team", "short_name: " + taken)))
          .isEqualTo("m.yaml, line 2: a metric of that id or short_name is there already");
    }
    assertThat(refusal(TEAM + TEAM.replace("metrics:\n", "")))
        .isEqualTo("m.yaml, line 12: a metric of that id or short_name is there already");
  }

  @Test
  void refusesWhatIsNoSuchFile() {
    assertThat(refusal("")).isEqualTo("m.yaml, line 1: expected metrics");
    assertThat(refusal("metrics: []"))
        .isEqualTo("m.yaml, line 1: expected a list of 1 to 50 entries");
    assertThat(refusal("- a")).isEqualTo("m.yaml, line 1: expected members: metrics");
    assertThat(refusal("metrics:\n  - [unclosed")).startsWith("m.yaml, line ");
    assertThat(refusal("metrics: !!java.io.File [x]"))
        .isEqualTo("m.yaml, line 1: Global tag is not allowed: tag:yaml.org,2002:java.io.File");
    assertThat(refusal("metrics: [x]"))
        .isEqualTo("m.yaml, line 1: expected members: id, name, short_name, checks, prompts");
    assertThat(refusal("x".repeat(300_000))).startsWith("m.yaml: ");
    var missing =
        catchThrowableOfType(MetricsRefusal.class, () -> MetricsFile.read(Path.of("no/such.yaml")));
    assertThat(missing).hasMessageStartingWith("no/such.yaml: cannot be read");
  }

  private static String digest(String text) {
    return MetricsFile.of("m.yaml", text).named("Team").orElseThrow().digest();
  }

  private static String refusal(String text) {
    return catchThrowableOfType(MetricsRefusal.class, () -> MetricsFile.of("m.yaml", text))
        .getMessage();
  }
}
