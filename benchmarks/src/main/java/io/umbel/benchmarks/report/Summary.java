package io.umbel.benchmarks.report;

import io.umbel.benchmarks.report.Measurement.Speed;
import io.umbel.benchmarks.report.Measurement.Usage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The rounds of one row with one number of connections, as medians. */
final class Summary {

  private final List<Measurement> rounds;

  Summary(List<Measurement> rounds) {
    this.rounds = rounds;
  }

  Speed speed() {
    return new Speed(
        median(round -> round.speed().callsPerSecond()),
        median(round -> round.speed().p50()),
        median(round -> round.speed().p99()));
  }

  /** One entry a process. */
  List<Usage> usage() {
    var first = rounds.get(0).usage();
    return IntStream.range(0, first.size())
        .mapToObj(i -> new Usage(
            first.get(i).part(),
            median(round -> round.usage().get(i).cpuMicros()),
            median(round -> round.usage().get(i).megabytes())))
        .toList();
  }

  double cpuMicros() {
    return median(Measurement::cpuMicros);
  }

  double driverMicros() {
    return median(Measurement::driverMicros);
  }

  /** How many times the processor time of that one. */
  double cpuRatio(Summary yardstick) {
    return Statistics.ratio(all(Measurement::cpuMicros), yardstick.all(Measurement::cpuMicros));
  }

  /** How much of the throughput of that one. */
  double speedRatio(Summary yardstick) {
    ToDoubleFunction<Measurement> speed = round -> round.speed().callsPerSecond();
    return Statistics.ratio(all(speed), yardstick.all(speed));
  }

  private double median(ToDoubleFunction<Measurement> figure) {
    return Statistics.median(all(figure));
  }

  private List<Double> all(ToDoubleFunction<Measurement> figure) {
    return rounds.stream().map(figure::applyAsDouble).toList();
  }
}
