package io.umbel.tools.compliance.rules;

import java.util.List;

/**
 * How many lines of a description somebody wrote: those that are not blank. Sections that were
 * proposed and that nobody filled in do not count, and a fence that nobody closed counts as closed,
 * so that a proposal to add such sections changes nothing.
 */
final class WrittenLines {

  private WrittenLines() {}

  static int count(Reading reading) {
    var outline = reading.outline();
    int notBlank = notBlank(List.of(reading.issue().description().split("\n", -1)));
    int unfilled = outline.sections().stream()
        .filter(Improvement::isUnfilled)
        .mapToInt(WrittenLines::lines)
        .sum();
    return notBlank - unfilled + (outline.openFence().isEmpty() ? 0 : 1);
  }

  /** Its heading, and what stands under it. */
  private static int lines(Section section) {
    return 1 + notBlank(section.lines());
  }

  private static int notBlank(List<String> lines) {
    return (int) lines.stream().filter(line -> !Chars.isBlankFrom(line, 0)).count();
  }
}
