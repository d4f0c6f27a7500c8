package io.umbel.tools.compliance.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.metrics.OwnPrompts;
import io.umbel.tools.compliance.rules.IssueText;
import io.umbel.tools.compliance.rules.Metric;
import io.umbel.tools.compliance.rules.OwnMetric;
import io.umbel.tools.compliance.rules.OwnMetric.Chosen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptsTest {

  private static final IssueText ISSUE =
      new IssueText("A title\nin two lines", "Some text", List.of("bug", "ui"), "5");
  private static final Metric OWN = OwnMetric.of(
      "team_v1",
      "Our readiness",
      "Team",
      List.of(
          new Chosen("title", 2, "Headline", "Name the thing."), new Chosen("size", 1, null, null)),
      "");

  @Test
  void saysOfEachOfOurMetricsWhatItLooksAt() {
    var prompts = new Prompts(Metrics.OURS);
    for (var metric : List.of(Metric.DOR, Metric.INVEST, Metric.RISK)) {
      for (var prompt : List.of(
          prompts.estimate(metric, ISSUE), prompts.improve(metric, ISSUE, "It lacks scope."))) {
        assertThat(prompt.system())
            .containsIgnoringCase(metric.name().split(" ")[0])
            .contains(prompt.user().lines().findFirst().orElseThrow())
            .doesNotContain("{mark}", "{aim}", "Some text");
        assertThat(prompt.tokens())
            .isGreaterThan(prompt.mostTokens() + prompt.system().length() / 4);
      }
    }
    assertThat(prompts.improve(Metric.DOR, ISSUE, "It lacks scope.").system())
        .contains("By rules that see form only: It lacks scope.");
  }

  @Test
  void putsTheIssueBetweenTwoLinesAsItIs() {
    var lines =
        new Prompts(Metrics.OURS).estimate(Metric.DOR, ISSUE).user().lines().toList();
    assertThat(lines.subList(1, 6))
        .containsExactly(
            "Title: A title in two lines",
            "Labels: bug, ui",
            "Estimate: 5",
            "Description:",
            "Some text");
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).isEqualTo(lines.get(6));
  }

  @Test
  void describesAnOperatorsMetricByItsChecks() {
    var prompt = new Prompts(Metrics.OURS).estimate(OWN, ISSUE);
    assertThat(prompt.system())
        .contains("The metric is \"Our readiness\"")
        .contains("- Headline (weight 2.0): Name the thing.\n- ");
  }

  @Test
  void letsTheOperatorSayItOtherwise() {
    var metrics = new Metrics(
        List.of(OWN), Map.of(OWN.id(), new OwnPrompts("Is it {mark} good?", "Write it well.")));
    var prompts = new Prompts(metrics);
    assertThat(prompts.estimate(OWN, ISSUE).system())
        .contains("Is it {mark} good?")
        .doesNotContain("Headline");
    assertThat(prompts.improve(OWN, ISSUE, "x").system()).contains("Write it well.");
  }
}
