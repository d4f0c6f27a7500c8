package io.umbel.benchmarks;

import io.umbel.benchmarks.load.Dialogue;
import io.umbel.benchmarks.report.Line;
import io.umbel.benchmarks.subject.Subject;

/**
 * One line of the results.
 *
 * @param name what {@code --only} calls it
 * @param title what the table calls it
 * @param subject what is driven
 * @param talk how it is driven
 * @param yardstick the name of the row it is compared with; its own, where it is one
 */
record Row(String name, String title, Subject subject, Talk talk, String yardstick) {

  /**
   * @param dialogue what is said
   * @param inSession whether a session of revision 2025-11-25 is begun first
   */
  record Talk(Dialogue dialogue, boolean inSession) {}

  /** What the reports know of it. */
  Line line() {
    return new Line(name, title, yardstick);
  }
}
