package io.umbel.tools.compliance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is proposed adds nothing that counts, and nothing that the author did not ask for. */
class ImprovementTest {

  private static final List<Metric> METRICS = List.of(Metric.DOR, Metric.INVEST, Metric.RISK);

  private static final Map<String, String> CONTENTS = Map.of(
      "Context",
      "The gateway refuses calls without a word when a limit is reached, and agents that call it"
          + " cannot tell whether to wait or to give up.",
      "Acceptance criteria",
      "- A refused call returns HTTP 429\n- The answer must name the seconds to wait",
      "Out of scope",
      "Limits for each tool.",
      "Dependencies",
      "No dependencies.",
      "Technical approach",
      "Count in the limiter, and write the header where all other headers are written.",
      "User value",
      "Operators see in one place which client was refused and when.",
      "Steps to reproduce",
      "1. Send 101 calls in a second\n2. Look at the last answer");

  @Test
  void keepsTheAuthorsTextLetterByLetter() {
    for (var issue : TestTexts.all()) {
      var improved = Improvement.of(issue);
      assertThat(improved.description()).startsWith(issue.description());
      var added = improved.description().substring(issue.description().length());
      assertThat(added.lines().filter(line -> !line.isBlank() && !isFence(line)))
          .allMatch(line -> line.equals("- TODO: fill in")
              || improved.sections().contains(line.replace("## ", "")));
    }
  }

  @Test
  void addsNothingTheSecondTime() {
    for (var issue : TestTexts.all()) {
      var once = Improvement.of(issue).description();
      var twice = Improvement.of(issue.describedAs(once));
      assertThat(twice.description()).as(issue.title()).isEqualTo(once);
      assertThat(twice.sections()).isEmpty();
    }
  }

  @Test
  void changesNoScoreOfAnyCheckWhileNothingIsFilledIn() {
    for (var issue : endings()) {
      var improved = issue.describedAs(Improvement.of(issue).description());
      for (var metric : METRICS) {
        assertThat(Estimate.of(metric, improved))
            .as(issue.description())
            .isEqualTo(Estimate.of(metric, issue));
      }
    }
  }

  @Test
  void fillingInNeverLowersTheScore() {
    var random = new Random(5);
    for (var issue : TestTexts.all()) {
      var improvement = Improvement.of(issue);
      var open = new ArrayList<>(improvement.sections());
      var description = improvement.description();
      double before = Estimate.of(Metric.DOR, issue).factor();
      while (!open.isEmpty()) {
        description = filled(description, open.remove(random.nextInt(open.size())));
        double after = Estimate.of(Metric.DOR, issue.describedAs(description)).factor();
        assertThat(after).as(description).isGreaterThanOrEqualTo(before);
        before = after;
      }
    }
  }

  @Test
  void risesByWhatIsFilledIn() {
    var issue = new IssueText("Add CSV export to the issues list", "Users need it.", List.of(), "");
    var description = Improvement.of(issue).description();
    for (var section : Improvement.of(issue).sections()) {
      description = filled(description, section);
    }
    assertThat(Estimate.of(Metric.DOR, issue).factor()).isLessThanOrEqualTo(.1);
    assertThat(Estimate.of(Metric.DOR, issue.describedAs(description)).factor()).isGreaterThan(.9);
  }

  @Test
  void closesABlockOfCodeThatNobodyClosed() {
    var issue = new IssueText("Broken block of code", "Look:\n````java\nint a;", List.of(), "");
    assertThat(Improvement.of(issue).description())
        .startsWith("Look:\n````java\nint a;\n````\n\n## Context\n- TODO: fill in\n\n## Acc");
  }

  @Test
  void leavesOneEmptyLineBeforeWhatItAdds() {
    for (var end : List.of("", "\n", "\n\n")) {
      var issue = new IssueText("Any title at all", "Words." + end, List.of(), "");
      assertThat(Improvement.of(issue).description())
          .startsWith("Words.\n\n## Context\n- TODO: fill in\n\n## Acceptance criteria\n- TODO");
    }
    var empty = new IssueText("Any title at all", "", List.of(), "");
    assertThat(Improvement.of(empty).description()).startsWith("## Context\n");
  }

  @Test
  void proposesNothingForWhatIsTooLongToBeLookedAtWhole() {
    var full = "a ".repeat(IssueText.MOST_BYTES / 2);
    for (var length : List.of(full.length(), full.length() - 20)) {
      var issue = new IssueText("Any title", full.substring(0, length), List.of(), "");
      assertThat(Improvement.of(issue)).isEqualTo(new Improvement(issue.description(), List.of()));
    }
    var longer = new IssueText("Any title", full + "and more", List.of(), "");
    assertThat(Improvement.of(longer).sections()).isEmpty();
  }

  /** The issues with all the ways in which a text may end. */
  private static List<IssueText> endings() {
    var all = new ArrayList<IssueText>();
    for (var issue : TestTexts.all()) {
      for (var end :
          List.of("", "\n", " \n\n", "\r", "\r\n", "\n```", "\n~~~~ x\ncode\n", "<!--")) {
        all.add(issue.describedAs(issue.description() + end));
      }
    }
    return all;
  }

  private static String filled(String description, String section) {
    var open = "## " + section + "\n- TODO: fill in";
    assertThat(description).contains(open);
    return description.replace(open, "## " + section + "\n" + CONTENTS.get(section));
  }

  private static boolean isFence(String line) {
    return !Line.fence(line).isEmpty();
  }
}
