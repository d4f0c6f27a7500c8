package io.umbel.registry.bridge;

import io.umbel.contract.Bus;
import io.umbel.registry.server.Definitions.Kind;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of what servers offer one provision holds. Where all of it together is too much, each
 * server has the same share, so that none takes it from the others.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /** What travels beside each definition, and beside all of them. */
  private static final int BESIDE = 256;

  private final long share;
  private final Map<Holding, Long> used = new HashMap<>();
  private final Set<Holding> told = new HashSet<>();

  Room(List<Holding> holdings) {
    this(holdings, Bus.MAX_PROVISION_BYTES - 64 * 1_024);
  }

  Room(List<Holding> holdings, long most) {
    var all = holdings.stream().mapToLong(Room::size).sum();
    share = all <= most ? most : most / Math.max(1, holdings.size());
  }

  /** Whether that is shown too; if so, it has taken its room. */
  boolean takes(Holding holding, JsonObject json) {
    var needed = used.getOrDefault(holding, 0L) + size(json);
    if (needed > share) {
      tell(holding, json.getValue("name"));
      return false;
    }
    used.put(holding, needed);
    return true;
  }

  private void tell(Holding holding, Object name) {
    if (told.add(holding)) {
      var namespace = holding.server().namespace();
      LOG.warn("{} offers more than is shown beside other servers: {} and more", namespace, name);
    }
  }

  private static long size(Holding holding) {
    var size = 0L;
    for (var kind : Kind.values()) {
      size += holding.shown(kind).stream().mapToLong(each -> size(each.json())).sum();
    }
    return size;
  }

  private static long size(JsonObject json) {
    return (long) json.toBuffer().length() + BESIDE;
  }
}
