package io.umbel.benchmarks;

import io.umbel.benchmarks.load.Faults;

/** Answers were wrong or did not come: whatever was measured is worth nothing. */
final class WrongAnswers extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongAnswers(Row row, Faults faults) {
    super("%s: %d answers were wrong or did not come. The first: %s"
        .formatted(row.name(), faults.count(), faults.first()));
  }
}
