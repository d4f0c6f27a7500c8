package io.umbel.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What one stretch of load came to.
 *
 * @param calls answered rightly
 * @param nanos from the first request to the last answer
 * @param latency from request to answer, in nanoseconds
 * @param faults whatever was not answered rightly
 */
public record Sample(long calls, long nanos, Histogram latency, Faults faults) {

  public double callsPerSecond() {
    return calls * 1e9 / nanos;
  }

  /** The latency that so many percent of the calls stayed within, in milliseconds. */
  public double millisAt(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }
}
