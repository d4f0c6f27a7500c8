package io.umbel.registry.server;

import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scan found, put together with what was known.
 *
 * @param all what is known now, in the server's order; what it no longer offers comes last
 * @param difference how lists look otherwise now
 * @param isNews whether anything is to be kept
 */
record Finding(List<Definition> all, Difference difference, boolean isNews) {

  /** So many that are no longer offered are remembered. */
  private static final int MOST_REMOVED = 1_000;

  private record Name(Kind kind, String name) {}

  static Finding of(List<Definition> known, List<Definition> found) {
    Map<Name, Definition> before = new HashMap<>();
    known.forEach(each -> before.put(new Name(each.kind(), each.name()), each));
    Map<Name, Definition> now = new LinkedHashMap<>();
    found.forEach(each -> now.putIfAbsent(new Name(each.kind(), each.name()), each));
    var added = 0;
    var updated = 0;
    for (var each : now.entrySet()) {
      var old = before.get(each.getKey());
      if (old == null || old.state() == State.REMOVED) {
        added++;
      } else if (!old.hash().equals(each.getValue().hash())) {
        updated++;
      }
      each.setValue(approvedMeanwhile(old, each.getValue()));
    }
    var gone = known.stream().filter(each -> !now.containsKey(new Name(each.kind(), each.name())));
    var removed = gone.filter(each -> !neverApproved(each))
        .map(Finding::removed)
        .limit(MOST_REMOVED)
        .toList();
    var newlyRemoved = (int) known.stream()
        .filter(each -> each.state() != State.REMOVED)
        .filter(each -> !now.containsKey(new Name(each.kind(), each.name())))
        .count();
    var all = new ArrayList<>(now.values());
    all.addAll(removed);
    return new Finding(
        List.copyOf(all), new Difference(added, updated, newlyRemoved), !all.equals(known));
  }

  /** Whoever scanned may not have known yet that this very definition has been approved. */
  private static Definition approvedMeanwhile(Definition old, Definition found) {
    var approved = old != null
        && old.state() == State.APPROVED
        && found.state() == State.CHANGED
        && old.hash().equals(found.hash());
    return approved ? old : found;
  }

  /** What nobody approved is judged anew when it comes again, as if it had never been there. */
  private static boolean neverApproved(Definition gone) {
    return gone.state() == State.SHADOWING && gone.approved() == null;
  }

  private static Definition removed(Definition gone) {
    return new Definition(
        gone.kind(), gone.name(), gone.json(), gone.approved(), State.REMOVED, gone.hash());
  }
}
