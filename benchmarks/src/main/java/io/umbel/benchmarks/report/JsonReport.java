package io.umbel.benchmarks.report;

import io.umbel.benchmarks.report.Measurement.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The results as JSON, every round of them, for whatever compares two runs. */
public final class JsonReport {

  private final Results results;

  public JsonReport(Results results) {
    this.results = results;
  }

  /**
   * Everything.
   *
   * @param plan how much was measured
   */
  public JsonObject json(JsonObject plan) {
    var rows = new JsonArray();
    for (var connections : results.connections()) {
      results.lines().forEach(line -> rows.add(row(line, connections)));
    }
    return new JsonObject()
        .put("machine", Machine.facts())
        .put("plan", plan)
        .put("rows", rows)
        .put("starts", starts());
  }

  private JsonObject row(Line line, int connections) {
    var mine = results.summary(line.row(), connections);
    var yardstick = results.summary(line.yardstick(), connections);
    return figures(mine.speed(), mine.usage())
        .put("row", line.row())
        .put("title", line.title())
        .put("connections", connections)
        .put("yardstick", line.yardstick())
        .put("cpu_micros", mine.cpuMicros())
        .put("cpu_ratio", mine.cpuRatio(yardstick))
        .put("speed_ratio", mine.speedRatio(yardstick))
        .put("driver_cpu_micros", mine.driverMicros())
        .put("rounds", rounds(line.row(), connections));
  }

  private JsonArray rounds(String row, int connections) {
    var rounds = new JsonArray();
    results
        .rounds(row, connections)
        .forEach(round -> rounds.add(figures(round.speed(), round.usage())));
    return rounds;
  }

  private static JsonObject figures(Measurement.Speed speed, List<Usage> usage) {
    var processes = new JsonArray();
    usage.forEach(one -> processes.add(new JsonObject()
        .put("part", one.part())
        .put("cpu_micros", one.cpuMicros())
        .put("megabytes", one.megabytes())));
    return new JsonObject()
        .put("calls_per_second", speed.callsPerSecond())
        .put("p50_ms", speed.p50())
        .put("p99_ms", speed.p99())
        .put("processes", processes);
  }

  private JsonObject starts() {
    var starts = new JsonObject();
    results
        .starts()
        .forEach((subject, seconds) -> starts.put(
            subject,
            new JsonObject()
                .put("median_seconds", Statistics.median(seconds))
                .put("seconds", new JsonArray(seconds))));
    return starts;
  }
}
