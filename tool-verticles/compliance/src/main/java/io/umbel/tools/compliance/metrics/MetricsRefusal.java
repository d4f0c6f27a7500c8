package io.umbel.tools.compliance.metrics;

/** Why a file of metrics cannot be used, with the line. Final, and without a stack: an answer. */
public final class MetricsRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MetricsRefusal(String file, int line, String why) {
    super("%s, line %d: %s".formatted(file, line, why), null, false, false);
  }

  MetricsRefusal(String file, String why) {
    super("%s: %s".formatted(file, why), null, false, false);
  }
}
