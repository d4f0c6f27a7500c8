package io.umbel.registry.upstream.stdio;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * When a process that ended by itself may be started again: after 1 s, and twice as long each
 * further time, up to 30 s; five times within five minutes at most.
 */
final class Restarts {

  private static final int MOST = 5;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final long FIRST_SECONDS = 1;
  private static final long LONGEST_SECONDS = 30;

  private final LongSupplier nanos;
  private final Deque<Long> ends = new ArrayDeque<>();

  Restarts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** It ended, or could not be started. */
  void ended() {
    ends.addLast(nanos.getAsLong());
  }

  /** All is forgiven. */
  void forget() {
    ends.clear();
  }

  /** How long to wait from now. */
  Duration pause() {
    dropOld();
    if (ends.isEmpty()) {
      return Duration.ZERO;
    }
    var wait = isSpent() ? untilOneIsOld() : untilNext();
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Whether it was started as often as it may be. */
  boolean isSpent() {
    dropOld();
    return ends.size() > MOST;
  }

  private Duration untilNext() {
    var seconds = Math.min(LONGEST_SECONDS, FIRST_SECONDS << (ends.size() - 1));
    return Duration.ofSeconds(seconds).minusNanos(nanos.getAsLong() - ends.getLast());
  }

  private Duration untilOneIsOld() {
    return WINDOW.minusNanos(nanos.getAsLong() - ends.getFirst());
  }

  private void dropOld() {
    while (!ends.isEmpty() && nanos.getAsLong() - ends.getFirst() >= WINDOW.toNanos()) {
      ends.removeFirst();
    }
  }
}
