package io.umbel.benchmarks;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUp how long each row is driven before anything counts
 * @param stretch how long one measurement takes
 * @param rounds how often each row is measured
 * @param starts how often each subject is started to see how long that takes
 * @param connections the numbers of connections, each measured on its own
 */
record Plan(Duration warmUp, Duration stretch, int rounds, int starts, List<Integer> connections) {

  private static final List<Integer> CONNECTIONS = List.of(64, 1);

  /** Enough to publish: about ten minutes. */
  static Plan thorough() {
    return new Plan(Duration.ofSeconds(8), Duration.ofSeconds(5), 5, 5, CONNECTIONS);
  }

  /** Enough to see whether a change made something slower: a minute and a half. */
  static Plan quick() {
    return new Plan(Duration.ofSeconds(4), Duration.ofSeconds(1), 2, 1, CONNECTIONS);
  }

  Plan stretches(Duration each) {
    return new Plan(warmUp, each, rounds, starts, connections);
  }

  Plan rounds(int number) {
    return new Plan(warmUp, stretch, number, starts, connections);
  }

  /** As a sentence. */
  String sentence() {
    return "medians of %d rounds of %d s after %d s of warm-up a row, and of %d starts"
        .formatted(rounds, stretch.toSeconds(), warmUp.toSeconds(), starts);
  }

  JsonObject json() {
    return new JsonObject()
        .put("warm_up_seconds", warmUp.toSeconds())
        .put("stretch_seconds", stretch.toSeconds())
        .put("rounds", rounds)
        .put("starts", starts);
  }
}
