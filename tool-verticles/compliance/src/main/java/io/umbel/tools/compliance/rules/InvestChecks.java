package io.umbel.tools.compliance.rules;

/** INVEST: whether an issue is a good story. */
final class InvestChecks {

  static final Check INDEPENDENT = Check.of(
      "Independent",
      "Independent",
      "Say that there are no dependencies, or cut the issue so that it waits for fewer others.",
      InvestChecks::independent);
  static final Check NEGOTIABLE = Check.of(
      "Negotiable",
      "Negotiable",
      "Say what is wanted and for whom, and leave how to do it to those who do it.",
      InvestChecks::negotiable);
  static final Check VALUABLE = Check.of(
      "Valuable",
      "Valuable",
      "Say for whom this is and why: \"As a …, I want … so that …\".",
      reading -> DorChecks.VALUE_GIVEN.look().apply(reading));
  static final Check ESTIMABLE = Check.of(
      "Estimable",
      "Estimable",
      "Say what is out of scope and roughly how it could be done, and estimate it.",
      InvestChecks::estimable);
  static final Check SMALL = Check.of(
      "Small", "Small", "Split the issue: at most 600 words and 8 criteria.", InvestChecks::small);
  static final Check TESTABLE = Check.of(
      "Testable",
      "Testable",
      "Add at least two acceptance criteria that can be seen to hold.",
      InvestChecks::testable);

  private InvestChecks() {}

  private static Score independent(Reading reading) {
    if (DorChecks.isIndependent(reading)) {
      return Score.of(1);
    }
    var blockers = References.blockers(reading.body());
    if (blockers.isEmpty()) {
      return Score.of(.7).because("no dependencies stated");
    }
    return Score.of(blockers.size() < 3 ? .5 : 0).because(blockers.size() + " hard references");
  }

  private static Score negotiable(Reading reading) {
    int lines = Math.max(1, WrittenLines.count(reading));
    if (reading.outline().codeLines() / (double) lines > .4) {
      return Score.of(.5).because("mostly code");
    }
    return Score.of(DorChecks.VALUE_GIVEN.value(reading) >= .5 ? 1 : .6);
  }

  private static Score estimable(Reading reading) {
    return Score.of(Score.hundredths(.5 * DorChecks.SIZE.value(reading)
        + .3 * DorChecks.SCOPE_GIVEN.value(reading)
        + .2 * DorChecks.APPROACH_GIVEN.value(reading)));
  }

  private static Score small(Reading reading) {
    int words = reading.words();
    int criteria = reading.criteria().size();
    return Score.of(words <= 600 && criteria <= 8, words <= 1200 && criteria <= 12)
        .because(words + " words, " + criteria + " criteria");
  }

  private static Score testable(Reading reading) {
    return Score.of(Score.hundredths(
        .6 * DorChecks.ACCEPTANCE.value(reading) + .4 * DorChecks.TESTABLE.value(reading)));
  }
}
