package io.umbel.tools.compliance.rules;

import java.util.List;

/**
 * By what issues are judged: checks, each with its weight.
 *
 * @param id by which results are kept
 * @param name for people
 * @param shortName by which agents ask for it
 * @param checks in the order in which their findings are told
 * @param allMet what is said where every check is met
 * @param digest of what the operator defined; empty for what comes with Umbel
 */
public record Metric(
    String id, String name, String shortName, List<Weighted> checks, String allMet, String digest) {

  /** What the estimator is called; another one would give other numbers. */
  public static final String RUBRIC = "rules-1";

  static final String ALL_MET = "Nothing is missing by these rules, which see form and not truth.";

  /** Definition of Ready. */
  public static final Metric DOR = new Metric(
      "dor_compliance_v1",
      "Definition of Ready",
      "DoR",
      List.of(
          new Weighted(DorChecks.TITLE, 8),
          new Weighted(DorChecks.CONTEXT_GIVEN, 14),
          new Weighted(DorChecks.ACCEPTANCE, 22),
          new Weighted(DorChecks.TESTABLE, 10),
          new Weighted(DorChecks.SCOPE_GIVEN, 10),
          new Weighted(DorChecks.DEPENDENCIES_GIVEN, 8),
          new Weighted(DorChecks.APPROACH_GIVEN, 8),
          new Weighted(DorChecks.VALUE_GIVEN, 8),
          new Weighted(DorChecks.SIZE, 6),
          new Weighted(DorChecks.CLARITY, 6),
          new Weighted(Reproduction.CHECK, 20)),
      ALL_MET,
      "");

  /** Whether it is a good story. */
  public static final Metric INVEST = new Metric(
      "invest_compliance_v1",
      "INVEST",
      "INVEST",
      equally(
          InvestChecks.INDEPENDENT,
          InvestChecks.NEGOTIABLE,
          InvestChecks.VALUABLE,
          InvestChecks.ESTIMABLE,
          InvestChecks.SMALL,
          InvestChecks.TESTABLE),
      ALL_MET,
      "");

  /** How much its text speaks of risk; 1 is none. */
  public static final Metric RISK = new Metric(
      "risk_assessment_v1",
      "Risk assessment",
      "Risk",
      equally(RiskChecks.COMPLEXITY, RiskChecks.IMPACT, RiskChecks.SECURITY),
      "no risk words found; that is no evidence that there is no risk.",
      "");

  /** One check of a metric. */
  record Weighted(Check check, double weight) {}

  public Metric {
    checks = List.copyOf(checks);
  }

  /** By which results are kept: another definition is another key. */
  public String key() {
    return digest.isEmpty() ? id : id + "#" + digest;
  }

  /** What its checks look for, a line each, for whoever judges without them. */
  public List<String> told() {
    return checks.stream()
        .map(one -> "%s (weight %s): %s"
            .formatted(one.check().label(), one.weight(), one.check().advice()))
        .toList();
  }

  private static List<Weighted> equally(Check... checks) {
    return List.of(checks).stream().map(check -> new Weighted(check, 1)).toList();
  }
}
