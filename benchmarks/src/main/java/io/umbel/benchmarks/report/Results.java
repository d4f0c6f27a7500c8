package io.umbel.benchmarks.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was measured. */
public final class Results {

  private final List<Line> lines;
  private final List<Measurement> measurements = new ArrayList<>();
  private final Map<String, List<Double>> starts = new LinkedHashMap<>();

  /** @param lines what the reports show, in that order */
  public Results(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  public void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /** That subject took so long from its start to its first complete {@code tools/list}. */
  public void addStart(String subject, Duration untilReady) {
    starts.computeIfAbsent(subject, first -> new ArrayList<>()).add(untilReady.toNanos() / 1e9);
  }

  List<Line> lines() {
    return lines;
  }

  /** The numbers of connections, in the order they were measured in. */
  List<Integer> connections() {
    return measurements.stream().map(one -> one.at().connections()).distinct().toList();
  }

  List<Measurement> rounds(String row, int connections) {
    return measurements.stream()
        .filter(one -> one.at().row().equals(row) && one.at().connections() == connections)
        .toList();
  }

  Summary summary(String row, int connections) {
    return new Summary(rounds(row, connections));
  }

  /** Seconds of each start, by subject. */
  Map<String, List<Double>> starts() {
    return starts;
  }
}
