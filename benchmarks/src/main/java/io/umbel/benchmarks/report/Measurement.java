package io.umbel.benchmarks.report;

import java.util.List;

/**
 * One stretch of load on one row.
 *
 * @param at which one it was
 * @param speed how fast the answers came
 * @param usage what each process used, in the order of the subject
 * @param driverMicros processor time of the load generator for one call, in microseconds
 */
public record Measurement(At at, Speed speed, List<Usage> usage, double driverMicros) {

  /**
   * Which measurement.
   *
   * @param row the row's name
   * @param round counted from 0
   */
  public record At(String row, int connections, int round) {}

  /**
   * How fast.
   *
   * @param callsPerSecond throughput
   * @param p50 median latency, in milliseconds
   * @param p99 the latency that 99 of 100 calls stayed within, in milliseconds
   */
  public record Speed(double callsPerSecond, double p50, double p99) {}

  /**
   * What one process used.
   *
   * @param part of the subject, as in {@code gateway}
   * @param cpuMicros processor time for one call, in microseconds
   * @param megabytes of memory occupied when the stretch ended
   */
  public record Usage(String part, double cpuMicros, double megabytes) {}

  /** Processor time of all processes for one call, in microseconds. */
  double cpuMicros() {
    return usage.stream().mapToDouble(Usage::cpuMicros).sum();
  }
}
