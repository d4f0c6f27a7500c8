package io.umbel.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;

/** The few sums behind the table. */
final class Statistics {

  private Statistics() {}

  /** The middle value, or the mean of the two in the middle; NaN where there are none. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    var sorted = values.stream().sorted().toList();
    var upper = sorted.get(sorted.size() / 2);
    return sorted.size() % 2 == 1 ? upper : (upper + sorted.get(sorted.size() / 2 - 1)) / 2;
  }

  /**
   * The median over rounds of what is measured divided by the yardstick. Round by round, since what
   * slows one machine down for a while slows both.
   *
   * @throws IllegalArgumentException if one has more rounds than the other
   */
  static double ratio(List<Double> measured, List<Double> yardstick) {
    if (measured.size() != yardstick.size()) {
      throw new IllegalArgumentException(
          measured.size() + " rounds cannot be compared with " + yardstick.size());
    }
    return median(IntStream.range(0, measured.size())
        .mapToObj(round -> measured.get(round) / yardstick.get(round))
        .toList());
  }
}
