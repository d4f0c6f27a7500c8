package io.umbel.tools.compliance.rules;

import java.util.List;

/** Whether a bug can be seen again by who reads of it. */
final class Reproduction {

  private static final List<String> STEPS = Phrases.list("steps|reproduc");
  private static final Phrases STEPS_SAID = Phrases.of("steps to reproduce|to reproduce|repro");
  private static final Phrases ACTUAL = Phrases.of("actual");
  private static final Phrases EXPECTED = Phrases.of("expected");
  private static final Phrases SURROUNDINGS = Phrases.of("version|environment|os|browser|jdk|java");

  static final Check CHECK = new Check(
      "reproduction",
      "Steps to reproduce",
      "Add numbered steps to reproduce, what you expected, what happened, and the version.",
      Reproduction::look,
      reading -> reading.kind() == Kind.BUG);

  private Reproduction() {}

  private static Score look(Reading reading) {
    double score = steps(reading) + results(reading) + surroundings(reading);
    return Score.of(score);
  }

  private static double steps(Reading reading) {
    var steps = reading.outline().about(STEPS, 1);
    if (steps != null && steps.items().size() >= 2) {
      return .5;
    }
    return STEPS_SAID.in(reading.low()) ? .25 : 0;
  }

  private static double results(Reading reading) {
    var all = reading.low() + " " + reading.headings();
    return ACTUAL.in(all) && EXPECTED.in(all) ? .25 : 0;
  }

  private static double surroundings(Reading reading) {
    var told = reading.outline().codeBlocks() > 0
        || SURROUNDINGS.in(reading.low())
        || Versions.in(reading.low());
    return told ? .25 : 0;
  }
}
