package io.umbel.gateway.catalog;

/**
 * Compares version numbers part by part: 1.10.0 is newer than 1.9.3, 2.0.0 than 2.0.0-rc1. At each
 * place a word is older than the end, and the end older than a number, so that there is one order.
 */
final class Version {

  private Version() {}

  static int compare(String a, String b) {
    var left = a.split("[.+-]", -1);
    var right = b.split("[.+-]", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      var order = comparePart(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return compareRest(left, right);
  }

  private static int comparePart(String a, String b) {
    if (isNumber(a) && isNumber(b)) {
      return Long.compare(Long.parseLong(a), Long.parseLong(b));
    }
    if (isNumber(a) || isNumber(b)) {
      return isNumber(a) ? 1 : -1;
    }
    return a.compareTo(b);
  }

  /** A further number makes a version newer, a further word (rc1) older. */
  private static int compareRest(String[] a, String[] b) {
    if (a.length == b.length) {
      return 0;
    }
    var longer = a.length > b.length ? a : b;
    var further = isNumber(longer[Math.min(a.length, b.length)]) ? 1 : -1;
    return a.length > b.length ? further : -further;
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty()
        && part.length() < 18
        && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
