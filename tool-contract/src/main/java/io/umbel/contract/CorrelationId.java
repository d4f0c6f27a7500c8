package io.umbel.contract;

import java.util.UUID;

/** The id that one request carries through logs, bus messages, audit and errors. */
public final class CorrelationId {

  private static final int MIN = 8;
  private static final int MAX = 64;

  private CorrelationId() {}

  /** The one the client sent where it is fit to be written into logs, else a new one. */
  public static String from(String sent) {
    return isValid(sent) ? sent : next();
  }

  /** A new one: 32 hex digits. */
  public static String next() {
    var random = java.util.concurrent.ThreadLocalRandom.current();
    var id = new UUID(random.nextLong(), random.nextLong()).toString();
    return id.replace("-", "");
  }

  private static boolean isValid(String id) {
    if (id == null || id.length() < MIN || id.length() > MAX) {
      return false;
    }
    return id.chars().allMatch(CorrelationId::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
