package io.umbel.benchmarks;

import io.umbel.benchmarks.subject.Started;
import io.umbel.benchmarks.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All subjects of some rows, running. Closing it ends them. */
final class Fleet implements AutoCloseable {

  private final Path logs;
  private final Map<Subject, Started> running = new LinkedHashMap<>();

  /** @param logs where the processes write what they print */
  Fleet(Path logs) {
    this.logs = logs;
  }

  /** The rows, in the same order; those of one subject share its processes. */
  List<Lane> open(List<Row> rows) throws IOException, InterruptedException {
    var lanes = new ArrayList<Lane>();
    for (var row : rows) {
      lanes.add(Lane.open(row, started(row.subject())));
    }
    return lanes;
  }

  private Started started(Subject subject) throws InterruptedException {
    var known = running.get(subject);
    if (known != null) {
      return known;
    }
    var started = Started.start(subject, logs);
    running.put(subject, started);
    return started;
  }

  @Override
  public void close() {
    running.values().forEach(Started::close);
  }
}
