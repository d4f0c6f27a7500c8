package io.umbel.registry.bridge;

import io.umbel.contract.Call;
import io.umbel.registry.server.Definitions.Kind;
import java.util.Comparator;
import java.util.Optional;

/** The nearest name among those that the caller may see anyway, so that nothing is given away. */
final class DidYouMean {

  private static final int FARTHEST = 3;

  private DidYouMean() {}

  /** What to say of a tool that is not there. */
  static String text(Call call, Holding meant) {
    var unknown = "Unknown tool: " + call.target().name();
    return nearest(call, meant)
        .map(name -> unknown + ". Did you mean " + name + "?")
        .orElse(unknown);
  }

  private static Optional<String> nearest(Call call, Holding meant) {
    if (meant == null || call.target().name().length() > 128) {
      return Optional.empty();
    }
    var alone = call.caller().reach().server() != null;
    return meant.shown(Kind.TOOL).stream()
        .filter(each -> call.caller().reach().hasTool(meant.listedName(each, false)))
        .map(each -> meant.listedName(each, alone))
        .filter(name -> distance(name, call.target().name()) <= FARTHEST)
        .min(Comparator.comparing((String name) -> distance(name, call.target().name()))
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
