package io.umbel.registry.scan;

import io.umbel.registry.bridge.Abilities;
import io.umbel.registry.owner.Ownership;
import io.umbel.registry.pool.UpstreamMetrics;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.Servers;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the servers that this instance owns, as long as it owns them and they are active. */
public final class Keepers {

  private static final Logger LOG = LoggerFactory.getLogger(Keepers.class);

  /** Many servers are not all asked in the same moment. */
  private static final long SPREAD_MILLIS = 20;

  private final Vertx vertx;
  private final Upstreams upstreams;
  private final Scanner scanner;
  private final UpstreamMetrics metrics;
  private final Servers servers;
  private final Ownership ownership;
  private final Map<UUID, Keeper> keepers = new HashMap<>();
  private boolean over;

  public Keepers(
      Vertx vertx,
      Upstreams upstreams,
      Scanner scanner,
      UpstreamMetrics metrics,
      Servers servers,
      Ownership ownership) {
    this.vertx = vertx;
    this.upstreams = upstreams;
    this.scanner = scanner;
    this.metrics = metrics;
    this.servers = servers;
    this.ownership = ownership;
  }

  /** Which servers there are, or whose they are, may be another now. */
  public Future<Void> renew() {
    return servers
        .everyone()
        .onSuccess(this::renew)
        .onFailure(e -> LOG.warn("Which servers there are cannot be read: {}", e.getMessage()))
        .mapEmpty();
  }

  /** Finds what the server offers now. */
  public Future<Difference> scan(Server server) {
    var keeper = keepers.get(server.key().id());
    if (keeper != null && keeper.server().version() >= server.version()) {
      return keeper.scan();
    }
    return upstreams
        .open(server, Abilities.ALL)
        .compose(open -> scanner.scan(server, open).onComplete(done -> open.close()))
        .onFailure(why -> scanner.failed(server, why));
  }

  /** Opens its connection anew. */
  public void reconnect(Server server) {
    var keeper = keepers.remove(server.key().id());
    if (keeper != null) {
      keeper.end();
      keep(keeper.server(), 0);
    }
  }

  /** Looks after none any longer; nothing that is under way is waited for. */
  public Future<Void> close() {
    over = true;
    var ending = keepers.values().stream().map(Keeper::endNow).toList();
    keepers.clear();
    metrics.noneHealthy();
    return Future.join(ending).<Void>mapEmpty().otherwiseEmpty();
  }

  private void renew(List<Server> everyone) {
    if (over) {
      return;
    }
    var mine = new HashMap<UUID, Server>();
    everyone.stream()
        .filter(
            server -> server.policy().active() && ownership.isMine(server.key().id()))
        .forEach(server -> mine.put(server.key().id(), server));
    for (var keeper : new ArrayList<>(keepers.values())) {
      var now = mine.get(keeper.server().key().id());
      if (now == null || now.version() != keeper.server().version()) {
        keepers.remove(keeper.server().key().id());
        keeper.end();
        metrics.forget(keeper.server());
      }
    }
    mine.values().stream()
        .filter(server -> !keepers.containsKey(server.key().id()))
        .forEach(server -> keep(server, mine.size() * SPREAD_MILLIS));
  }

  private void keep(Server server, long within) {
    var keeper = new Keeper(vertx, upstreams, scanner, metrics, server);
    keepers.put(server.key().id(), keeper);
    keeper.begin(ThreadLocalRandom.current().nextLong(within + 1));
  }
}
