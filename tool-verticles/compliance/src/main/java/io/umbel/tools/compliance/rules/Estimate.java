package io.umbel.tools.compliance.rules;

import java.util.Comparator;
import java.util.List;

/**
 * How well an issue meets a metric by its text: form, not truth.
 *
 * @param factor from 0 to 1, in hundredths
 * @param reason what weighs most against it, and how many checks are met
 * @param suggestion what to do first; empty where nothing is missing
 * @param findings what each check found, in the metric's order
 * @param annotations places in the description that this goes by
 */
public record Estimate(
    double factor,
    String reason,
    String suggestion,
    List<Finding> findings,
    List<Annotation> annotations) {

  /** With fewer words, an issue says next to nothing. */
  private static final int FEWEST_WORDS = 8;

  private static final double MOST_WITHOUT_WORDS = .10;

  /** What the rules make of this issue. */
  public static Estimate of(Metric metric, IssueText issue) {
    var reading = Reading.of(issue);
    var findings = metric.checks().stream()
        .filter(weighted -> weighted.check().concerns().test(reading))
        .map(weighted -> finding(weighted, reading))
        .toList();
    var isEmpty = reading.words() < FEWEST_WORDS;
    return new Estimate(
        factor(findings, isEmpty),
        reason(metric, findings, isEmpty),
        suggestion(findings),
        findings,
        Annotations.of(reading));
  }

  private static Finding finding(Metric.Weighted weighted, Reading reading) {
    var check = weighted.check();
    var score = check.look().apply(reading);
    return new Finding(
        check.id(),
        check.label(),
        score.value(),
        weighted.weight(),
        score.evidence(),
        score.isMet() ? null : check.advice());
  }

  private static double factor(List<Finding> findings, boolean isEmpty) {
    double weights = 0;
    double sum = 0;
    for (var finding : findings) {
      weights += finding.weight();
      sum += finding.weight() * finding.score();
    }
    double share = weights == 0 ? 0 : sum / weights;
    return Score.hundredths(isEmpty ? Math.min(share, MOST_WITHOUT_WORDS) : share);
  }

  private static String reason(Metric metric, List<Finding> findings, boolean isEmpty) {
    long met = findings.stream().filter(Finding::isMet).count();
    var count = met + " of " + findings.size() + " checks are met.";
    var worst = worst(findings);
    var text = worst.isEmpty() ? metric.allMet() : "Weakest: " + told(worst.get(0)) + ".";
    return text + " " + count + (isEmpty ? " Fewer than 8 words, so 0.10 at most." : "");
  }

  private static String told(Finding finding) {
    var evidence = finding.evidence() == null ? "" : " (" + finding.evidence() + ")";
    return finding.label() + " is " + finding.status() + evidence;
  }

  private static String suggestion(List<Finding> findings) {
    return String.join(
        " ", worst(findings).stream().limit(2).map(Finding::suggestion).toList());
  }

  /** What is not met, what weighs most first; where two weigh the same, by their ids. */
  private static List<Finding> worst(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> !finding.isMet())
        .sorted(Comparator.comparingDouble(Finding::loss).reversed().thenComparing(Finding::check))
        .toList();
  }
}
