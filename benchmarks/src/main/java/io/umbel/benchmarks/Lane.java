package io.umbel.benchmarks;

import io.umbel.benchmarks.load.Dialogue;
import io.umbel.benchmarks.load.Driver;
import io.umbel.benchmarks.load.Sample;
import io.umbel.benchmarks.report.Measurement;
import io.umbel.benchmarks.report.Measurement.At;
import io.umbel.benchmarks.report.Measurement.Speed;
import io.umbel.benchmarks.report.Measurement.Usage;
import io.umbel.benchmarks.subject.Running;
import io.umbel.benchmarks.subject.Started;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A row whose processes run. */
final class Lane {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** This part of a measurement passes before it counts: connections and caches settle. */
  private static final int LEAD_IN = 5;

  private final Row row;
  private final Started started;
  private final Dialogue dialogue;

  private Lane(Row row, Started started, Dialogue dialogue) {
    this.row = row;
    this.started = started;
    this.dialogue = dialogue;
  }

  /** Begins the session, where the row has one. */
  static Lane open(Row row, Started started) throws IOException, InterruptedException {
    var talk = row.talk();
    return new Lane(
        row,
        started,
        talk.inSession()
            ? talk.dialogue().with("Mcp-Session-Id", started.session())
            : talk.dialogue());
  }

  Row row() {
    return row;
  }

  /** Drives it without measuring. */
  void warmUp(int connections, Duration time) throws IOException {
    try (var driver = driver(connections)) {
      checked(driver.run(time));
    }
  }

  Measurement measure(int connections, int round, Duration time) throws IOException {
    try (var driver = driver(connections)) {
      checked(driver.run(time.dividedBy(LEAD_IN)));
      var before = cpu();
      var driverBefore = ownCpu();
      var sample = checked(driver.run(time));
      var driverMicros = micros(ownCpu().minus(driverBefore), sample);
      var at = new At(row.name(), connections, round);
      return new Measurement(at, speed(sample), usage(before, sample), driverMicros);
    }
  }

  private Driver driver(int connections) throws IOException {
    return new Driver(row.subject().server(), dialogue, connections, PATIENCE);
  }

  private Sample checked(Sample sample) {
    if (sample.faults().count() > 0) {
      throw new WrongAnswers(row, sample.faults());
    }
    return sample;
  }

  private List<Duration> cpu() {
    return started.processes().stream().map(Running::cpu).toList();
  }

  private List<Usage> usage(List<Duration> before, Sample sample) {
    var after = cpu();
    return IntStream.range(0, after.size())
        .mapToObj(i -> usage(i, after.get(i).minus(before.get(i)), sample))
        .toList();
  }

  private Usage usage(int process, Duration spent, Sample sample) {
    var running = started.processes().get(process);
    return new Usage(running.part(), micros(spent, sample), running.residentBytes() / 1e6);
  }

  private static Speed speed(Sample sample) {
    return new Speed(sample.callsPerSecond(), sample.millisAt(50), sample.millisAt(99));
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double micros(Duration spent, Sample sample) {
    return spent.toNanos() / 1e3 / sample.calls();
  }
}
