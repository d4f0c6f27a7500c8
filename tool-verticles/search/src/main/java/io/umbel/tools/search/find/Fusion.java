package io.umbel.tools.search.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes one ranking of two by reciprocal ranks: what is high in either, and most of all what is in
 * both, comes first.
 *
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke, Buettcher: Reciprocal
 *     Rank Fusion (SIGIR 2009)</a>
 */
final class Fusion {

  private static final double K = 60;
  private static final double BEST = 2 / (K + 1);

  private Fusion() {}

  /** All of both, the best first; the same for the same two. First in both of them is 1. */
  static List<Hit> of(List<Hit> one, List<Hit> other) {
    Map<UUID, Hit> all = new LinkedHashMap<>();
    add(all, one);
    add(all, other);
    var ranked = new ArrayList<>(all.values());
    ranked.sort(Comparator.comparingDouble(Hit::similarity)
        .reversed()
        .thenComparing(hit -> hit.id().toString()));
    return ranked;
  }

  private static void add(Map<UUID, Hit> all, List<Hit> ranking) {
    for (int rank = 1; rank <= ranking.size(); rank++) {
      var hit = ranking.get(rank - 1);
      var share = 1 / (K + rank) / BEST;
      all.merge(hit.id(), hit.with(share), (known, more) -> known.with(known.similarity() + share));
    }
  }
}
