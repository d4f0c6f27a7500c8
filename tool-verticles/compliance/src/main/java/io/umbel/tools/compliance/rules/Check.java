package io.umbel.tools.compliance.rules;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One thing that is looked for in an issue.
 *
 * @param id by which metrics name it
 * @param label what it is called for people
 * @param advice what to do where it is not met
 * @param look how it is looked for
 * @param concerns the issues that it is looked for in
 */
record Check(
    String id,
    String label,
    String advice,
    Function<Reading, Score> look,
    Predicate<Reading> concerns) {

  /** One that every issue should meet. */
  static Check of(String id, String label, String advice, Function<Reading, Score> look) {
    return new Check(id, label, advice, look, any -> true);
  }

  double value(Reading reading) {
    return look.apply(reading).value();
  }
}
