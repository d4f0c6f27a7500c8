package io.umbel.gateway.limits;

import java.time.Duration;

/**
 * How often something may be done: so many times in each period, evenly, and so many at once.
 *
 * <p>This is the generic cell rate algorithm: all that is remembered is the moment at which nothing
 * would be left of what has been done, which each doing moves on by one interval, and which may lie
 * {@code burst} intervals ahead of now at most. It is exact: there is no window at whose edge one
 * could do twice as much.
 *
 * @param intervalMicros from one doing to the next; 0 where there is no limit
 * @param burst how many may be done at once
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">GCRA</a>
 */
record Rate(long intervalMicros, int burst) {

  /** As often as one likes. */
  static final Rate UNLIMITED = new Rate(0, 0);

  /** Rounded so that it never allows more. */
  static Rate of(int count, Duration period, int burst) {
    var micros = period.toNanos() / 1_000;
    return new Rate((micros + count - 1) / count, burst);
  }

  boolean isUnlimited() {
    return intervalMicros == 0;
  }

  /** How far ahead of now the moment may lie. */
  long reachMicros() {
    return intervalMicros * burst;
  }
}
