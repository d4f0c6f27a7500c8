package io.umbel.tools.compliance.model;

import io.umbel.contract.ToolCall;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * For how long a call is waited for, with something left to answer it.
 *
 * @param untilNanos on the machine's own clock
 * @param givenUp completes where nobody waits any longer
 */
public record Patience(long untilNanos, Future<Void> givenUp) {

  private static final long NANOS = 1_000_000;

  /** What judging by rules, and telling of it, takes at most. */
  private static final Duration SPARE = Duration.ofSeconds(3);

  /** That of a call which has just begun. */
  public static Patience of(ToolCall call) {
    var millis = call.origin().timeoutMillis() - SPARE.toMillis();
    return new Patience(System.nanoTime() + millis * NANOS, call.cancelled());
  }

  /** How much is left of it, in milliseconds; 0 for none. */
  long left() {
    return givenUp.isComplete() ? 0 : Math.max(0, (untilNanos - System.nanoTime()) / NANOS);
  }
}
