package io.umbel.benchmarks.report;

import io.umbel.benchmarks.report.Measurement.Usage;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results as Markdown, ready for a README. */
public final class Table {

  private static final String HEAD = """
      | %s | calls/s | p50 ms | p99 ms | CPU µs a call | memory MB | calls/s ÷ raw | CPU ÷ raw |
      |---|--:|--:|--:|--:|--:|--:|--:|
      """;

  private static final String START_HEAD = """
      | start | seconds to the first tools/list |
      |---|--:|
      """;

  private final Results results;

  public Table(Results results) {
    this.results = results;
  }

  /** One table for each number of connections, and one of starts. */
  public String markdown() {
    var loads = results.connections().stream().map(this::load).collect(Collectors.joining("\n"));
    return results.starts().isEmpty() ? loads : loads + "\n" + starts();
  }

  private String load(int connections) {
    var first = connections == 1 ? "1 connection" : connections + " connections";
    return results.lines().stream()
        .map(line -> row(line, connections))
        .collect(Collectors.joining("", HEAD.formatted(first), ""));
  }

  private String row(Line line, int connections) {
    var mine = results.summary(line.row(), connections);
    var yardstick = results.summary(line.yardstick(), connections);
    var speed = mine.speed();
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.3f | %.3f | %s | %s | %.2f | %.2f |%n",
        line.title(),
        speed.callsPerSecond(),
        speed.p50(),
        speed.p99(),
        parts(mine.usage(), "%.1f", Usage::cpuMicros),
        parts(mine.usage(), "%.0f", Usage::megabytes),
        mine.speedRatio(yardstick),
        mine.cpuRatio(yardstick));
  }

  /** One figure a process, as in {@code 20.8 + 14.0}. */
  private static String parts(List<Usage> usage, String format, ToDoubleFunction<Usage> figure) {
    return usage.stream()
        .map(one -> String.format(Locale.ROOT, format, figure.applyAsDouble(one)))
        .collect(Collectors.joining(" + "));
  }

  private String starts() {
    return results.starts().entrySet().stream()
        .map(start -> String.format(
            Locale.ROOT, "| %s | %.2f |%n", start.getKey(), Statistics.median(start.getValue())))
        .collect(Collectors.joining("", START_HEAD, ""));
  }
}
