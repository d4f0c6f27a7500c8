package io.umbel.gateway.rest;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * Ids of what accounts have: their order is that of their making, and no two are the same. They are
 * no secrets.
 */
final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;
  private static final int BITS = 5;
  private static final int MASK = 31;

  private final Clock clock;

  Ids(Clock clock) {
    this.clock = clock;
  }

  /** A new one that begins with that word. */
  String next(String prefix) {
    var id = new StringBuilder(prefix).append('_');
    var now = clock.millis();
    for (var digit = TIME_DIGITS - 1; digit >= 0; digit--) {
      id.append(DIGITS[(int) (now >>> (digit * BITS)) & MASK]);
    }
    for (var digit = 0; digit < RANDOM_DIGITS; digit++) {
      id.append(DIGITS[RANDOM.nextInt(DIGITS.length)]);
    }
    return id.toString();
  }
}
