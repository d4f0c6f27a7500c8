package io.umbel.tools.compliance.model;

import java.time.Clock;
import java.time.Duration;

/**
 * Leaves a server alone that has failed several times in a row, or that says when to come back.
 * After that one question may try it, and the others wait for how that one ends. For one thread.
 */
final class Circuit {

  static final int FAILURES = 5;
  static final Duration COOLDOWN = Duration.ofSeconds(60);
  static final Duration LONGEST = Duration.ofMinutes(10);

  private final Clock clock;
  private int failures;
  private boolean open;
  private long openUntil;
  private Pass trial;

  Circuit(Clock clock) {
    this.clock = clock;
  }

  /** A question that may go. */
  final class Pass {

    /**
     * How it ended.
     *
     * @param why it failed, or null
     */
    void end(ModelFailure why) {
      var tried = trial == this;
      if (tried) {
        trial = null;
      }
      if (why != null && why.isServers()) {
        failed(tried, why.rest());
      } else if (why == null || why.kind() == ModelFailure.Kind.INVALID) {
        failures = 0;
        open = false;
      }
    }
  }

  /** A pass, or null where the server is left alone. */
  Pass enter() {
    if (!open) {
      return new Pass();
    }
    if (trial != null || clock.millis() < openUntil) {
      return null;
    }
    trial = new Pass();
    return trial;
  }

  private void failed(boolean tried, Duration rest) {
    failures++;
    if (tried || failures >= FAILURES || !rest.isZero()) {
      var wanted = rest.isZero() ? COOLDOWN : rest;
      var bounded = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
      open = true;
      openUntil = Math.max(openUntil, clock.millis() + bounded.toMillis());
    }
  }
}
