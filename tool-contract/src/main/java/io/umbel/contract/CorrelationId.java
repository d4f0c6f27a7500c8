package io.umbel.contract;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The id that one request carries through logs, bus messages, audit and errors. */
public final class CorrelationId {

  private static final int MIN = 8;
  private static final int MAX = 64;
  private static final HexFormat HEX = HexFormat.of();

  private CorrelationId() {}

  /** The one the client sent where it is fit to be written into logs, else a new one. */
  public static String from(String sent) {
    return isValid(sent) ? sent : next();
  }

  /** A new one: 32 hex digits. */
  public static String next() {
    var random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }

  private static boolean isValid(String id) {
    if (id == null || id.length() < MIN || id.length() > MAX) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
