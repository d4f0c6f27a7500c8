package io.umbel.gateway.catalog;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of one kind on offer, by name. Filled once, newest versions first. */
final class Shelf {

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  private final NavigableMap<String, Offer> inOrder = new TreeMap<>();
  private final Map<String, Offer> byName = new HashMap<>();
  private final Set<String> hidden = new HashSet<>();
  private Buffer wholePage;

  /** The same to begin with. */
  Shelf copy() {
    var other = new Shelf();
    other.inOrder.putAll(inOrder);
    other.byName.putAll(byName);
    other.hidden.addAll(hidden);
    return other;
  }

  /** The list in bytes where one page holds it, once somebody has made them. */
  Buffer wholePage() {
    return wholePage;
  }

  void wholePage(Buffer made) {
    wholePage = made;
  }

  /** Has each shown as that says. */
  void show(UnaryOperator<Offer> as) {
    inOrder.replaceAll((name, offer) -> as.apply(offer));
    byName.putAll(inOrder);
  }

  NavigableMap<String, Offer> inOrder() {
    return inOrder;
  }

  Offer find(String name) {
    return byName.get(name);
  }

  /** Puts an offer here, or its instance beside those that offer the same, or refuses it. */
  void add(Offer offer) {
    var there = byName.get(offer.name());
    if (there == null) {
      inOrder.put(offer.name(), offer);
      byName.put(offer.name(), offer);
    } else if (there.provider().equals(offer.provider()) && there.isSameAs(offer)) {
      there.replicas().addAll(offer.replicas());
    } else {
      refuse(there, offer);
    }
  }

  /** Takes off what is not to be shown; nothing is added after this. */
  void keep(Predicate<Offer> shown) {
    inOrder.values().stream()
        .filter(offer -> !shown.test(offer))
        .forEach(offer -> hidden.add(offer.name()));
    inOrder.keySet().removeAll(hidden);
    byName.keySet().removeAll(hidden);
  }

  /** Whether something of that name has been taken off. */
  boolean hides(String name) {
    return hidden.contains(name);
  }

  /** Whether the same names mean the same things on both. */
  boolean hasSameAs(Shelf other) {
    return inOrder.keySet().equals(other.inOrder.keySet())
        && inOrder.values().stream()
            .allMatch(offer -> offer.isSameAs(other.byName.get(offer.name())));
  }

  private static void refuse(Offer there, Offer offer) {
    var instance = offer.replicas().get(0).instance();
    var leading = there.replicas().get(0).instance();
    if (!there.provider().equals(offer.provider())) {
      LOG.warn(
          "{} offers {}, which {} already offers: refused",
          instance.address(),
          there.name(),
          there.provider());
    } else if (instance.version().equals(leading.version())) {
      LOG.warn(
          "{} defines {} otherwise than {} does in the same version {}: refused",
          instance.address(),
          there.name(),
          leading.address(),
          leading.version());
    }
  }
}
