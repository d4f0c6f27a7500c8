package io.umbel.benchmarks;

import io.umbel.benchmarks.report.Results;
import io.umbel.benchmarks.subject.Started;
import io.umbel.benchmarks.subject.Subject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Carries out a plan: the starts one after the other, then the load with all subjects running, row
 * by row and round by round, so that a machine that slows down slows all rows alike.
 */
final class Campaign {

  private final Plan plan;
  private final Path logs;
  private final PrintStream progress;

  /**
   * @param logs where the processes write what they print
   * @param progress told what happens
   */
  Campaign(Plan plan, Path logs, PrintStream progress) {
    this.plan = plan;
    this.logs = logs;
    this.progress = progress;
  }

  /** Starts each of them again and again, in turn; once before, so that this process is warm. */
  void starts(List<Subject> subjects, Results results) throws InterruptedException {
    Started.start(subjects.get(0), logs).close();
    for (var round = 0; round < plan.starts(); round++) {
      for (var subject : subjects) {
        try (var started = Started.start(subject, logs)) {
          results.addStart(subject.name(), started.untilReady());
          progress.printf(
              "start %s: %d ms%n", subject.name(), started.untilReady().toMillis());
        }
      }
    }
  }

  /**
   * Drives them.
   *
   * @throws WrongAnswers if a single answer was wrong or did not come
   */
  void load(List<Row> rows, Results results) throws IOException, InterruptedException {
    try (var fleet = new Fleet(logs)) {
      var lanes = fleet.open(rows);
      for (var lane : lanes) {
        progress.println("warm up " + lane.row().name());
        lane.warmUp(plan.connections().get(0), plan.warmUp());
      }
      for (var round = 0; round < plan.rounds(); round++) {
        for (var connections : plan.connections()) {
          progress.printf("round %d, %d connections%n", round + 1, connections);
          measure(lanes, connections, round, results);
        }
      }
    }
  }

  private void measure(List<Lane> lanes, int connections, int round, Results results)
      throws IOException {
    for (var lane : lanes) {
      results.add(lane.measure(connections, round, plan.stretch()));
    }
  }
}
