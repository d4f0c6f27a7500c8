package io.umbel.gateway.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The nearest name among those that the caller may see anyway, so that nothing is given away. */
public final class DidYouMean {

  private static final int FARTHEST = 2;
  private static final int LONGEST = 64;

  private DidYouMean() {}

  /** The name that is nearest to one that is unknown, where one is near: two slips at most. */
  public static Optional<String> nearest(String unknown, Collection<String> known) {
    if (unknown.length() > LONGEST) {
      return Optional.empty();
    }
    var near = Math.min(FARTHEST, unknown.length() / 4);
    return known.stream()
        .filter(name -> Math.abs(name.length() - unknown.length()) <= near)
        .filter(name -> distance(name, unknown) <= near)
        .min(Comparator.comparing((String name) -> distance(name, unknown))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** How many characters one has to add, take away or exchange (Levenshtein). */
  static int distance(String one, String other) {
    var before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var now = new int[other.length() + 1];
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        var exchanged = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[other.length()];
  }
}
