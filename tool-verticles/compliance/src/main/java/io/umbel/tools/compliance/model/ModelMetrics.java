package io.umbel.tools.compliance.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is counted of the language model. No label ever holds an account, an issue or a text. */
final class ModelMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry meters;
  private final Counter tokens;
  private final Timer answers;

  ModelMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.tokens = Counter.builder("mcp.compliance.model.tokens")
        .description("Tokens that the language model has used")
        .register(meters);
    this.answers = Timer.builder("mcp.compliance.model.duration")
        .description("Time from a question to the language model's answer")
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  /** Somebody wanted an answer; why there is none, or null. */
  void ended(ModelFailure why) {
    var outcome = why == null ? "answered" : why.kind().name().toLowerCase(Locale.ROOT);
    Counter.builder("mcp.compliance.model.calls")
        .description("Questions for the language model, by how they ended")
        .tags("outcome", outcome)
        .register(meters)
        .increment();
  }

  void used(long some) {
    tokens.increment((double) some);
  }

  void answered(long nanos) {
    answers.record(nanos, TimeUnit.NANOSECONDS);
  }
}
