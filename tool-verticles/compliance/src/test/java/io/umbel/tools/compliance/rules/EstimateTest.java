package io.umbel.tools.compliance.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an estimate says beside its numbers. */
class EstimateTest {

  private static final IssueText MEDIUM =
      new IssueText("Add CSV export to the issues list", """
      Users need to download the filtered issue list because reporting is done in spreadsheets.
      The list page has filters for status and label. It should be fast.
      - [ ] Export returns a file
      - [ ] It is nice
      It depends on #12.""", List.of(), "");

  @Test
  void saysWhatWeighsMostAgainstItAndHowMuchIsMet() {
    var estimate = Estimate.of(Metric.DOR, MEDIUM);
    assertThat(estimate.reason()).isEqualTo("Weakest: Scope is missing. 3 of 10 checks are met.");
    assertThat(estimate.suggestion())
        .isEqualTo(
            "Add a section \"Out of scope\" that says what this does not include."
                + " Add a section \"Technical approach\" of a few sentences: where in the code, and how.");
  }

  /** The example of {@code docs/compliance.md}. */
  @Test
  void riseByWhatIsFilledInAsThePageSays() {
    var issue = TestTexts.named("v3-medium");
    var before = Estimate.of(Metric.DOR, issue);
    assertThat(before.factor()).isEqualTo(.32);
    assertThat(before.reason())
        .isEqualTo("Weakest: Acceptance criteria is missing (0 criteria). 2 of 10 checks are met.");
    assertThat(before.suggestion())
        .isEqualTo("Add a section \"Acceptance criteria\" with at least two items."
            + " Add a section \"Out of scope\" that says what this does not include.");
    assertThat(Estimate.of(Metric.DOR, TestTexts.named("filled-acceptance")).factor())
        .isEqualTo(.64);
  }

  @Test
  void saysOfEachCheckWhatSpeaksForIt() {
    var findings = Estimate.of(Metric.DOR, MEDIUM).findings();
    assertThat(findings)
        .extracting(Finding::check, Finding::status, Finding::evidence)
        .contains(
            tuple("title", "met", "7 words"),
            tuple("acceptance", "met", "2 criteria"),
            tuple("testable", "partial", "1 of 2 criteria"),
            tuple("scope", "missing", null));
    assertThat(findings)
        .allSatisfy(finding ->
            assertThat(finding.suggestion() == null).isEqualTo(finding.status().equals("met")));
  }

  @Test
  void pointsAtPlacesThatAreInTheDescription() {
    var annotations = Estimate.of(Metric.DOR, MEDIUM).annotations();
    assertThat(annotations)
        .containsExactly(
            new Annotation(
                "Export returns a file", "criterion", true, "One can see whether this holds"),
            new Annotation("It is nice", "criterion", false, "Vague: nice"),
            new Annotation("depends on #12", "dependency", true, "Says what has to come first"),
            new Annotation("fast", "vague", false, "Say what is meant instead"),
            new Annotation("nice", "vague", false, "Say what is meant instead"));
    for (var issue : TestTexts.all()) {
      assertThat(Estimate.of(Metric.DOR, issue).annotations())
          .allMatch(annotation -> issue.description().contains(annotation.text()))
          .hasSizeLessThanOrEqualTo(40);
    }
  }

  @Test
  void neverCallsTheAbsenceOfRiskWordsALowRisk() {
    var estimate = Estimate.of(Metric.RISK, MEDIUM);
    assertThat(estimate.factor()).isEqualTo(1);
    assertThat(estimate.reason()).startsWith("no risk words found").doesNotContain("low risk");
    assertThat(estimate.suggestion()).isEmpty();
    assertThat(estimate.findings())
        .allMatch(finding -> finding.evidence().equals("no risk words found"));
  }

  @Test
  void namesTheWordsOfRisk() {
    var issue = MEDIUM.describedAs("Move the passwords and tokens of all users, with an audit.");
    assertThat(Estimate.of(Metric.RISK, issue).findings())
        .extracting(Finding::evidence)
        .containsExactly(
            "no risk words found", "risk words: all users", "risk words: passwords, tokens; eased");
  }

  @Test
  void saysThatFewWordsCapIt() {
    var estimate = Estimate.of(Metric.INVEST, MEDIUM.describedAs("Too few words."));
    assertThat(estimate.factor()).isEqualTo(.1);
    assertThat(estimate.reason()).endsWith("Fewer than 8 words, so 0.10 at most.");
  }

  @Test
  void isTheSameOnEveryRunAndInEveryLocale() {
    var before = Locale.getDefault();
    var first = all();
    try {
      for (var locale : List.of("tr-TR", "ar-EG", "en-US")) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertThat(all()).isEqualTo(first);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void looksAtTheFirst64KiBOnly() {
    var filler = "é".repeat(IssueText.MOST_BYTES / 2 - 10);
    var cut = MEDIUM.describedAs("ab cd ef gh\n" + filler + "\n- [ ] Returns 200 now\n");
    assertThat(Reading.of(cut).criteria()).isEmpty();
    assertThat(Reading.of(cut.describedAs("- [ ] Returns 200 now\n" + filler)).criteria())
        .hasSize(1);
    assertThat(cut.fits()).isFalse();
    assertThat(cut.bounded().fits()).isTrue();
    var astral = MEDIUM.describedAs("x" + "𝒜".repeat(IssueText.MOST_BYTES / 4));
    assertThat(astral.bounded().description()).hasSize(1 + IssueText.MOST_BYTES / 2 - 2);
  }

  @Test
  void hashesAllThatItDependsOn() {
    var hashes = List.of(
        MEDIUM,
        MEDIUM.describedAs("x"),
        new IssueText("x", MEDIUM.description(), List.of(), ""),
        new IssueText(MEDIUM.title(), MEDIUM.description(), List.of("a", "b"), ""),
        new IssueText(MEDIUM.title(), MEDIUM.description(), List.of("ab"), ""),
        new IssueText(MEDIUM.title(), MEDIUM.description(), List.of("a"), "b"));
    assertThat(hashes.stream().map(IssueText::hash))
        .doesNotHaveDuplicates()
        .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    assertThat(MEDIUM.hash()).isEqualTo(MEDIUM.describedAs(MEDIUM.description()).hash());
  }

  private static List<String> all() {
    return TestTexts.all().stream()
        .flatMap(issue -> IntStream.range(0, 3)
            .mapToObj(i -> List.of(Metric.DOR, Metric.INVEST, Metric.RISK).get(i))
            .map(metric -> Estimate.of(metric, issue).toString()))
        .toList();
  }
}
