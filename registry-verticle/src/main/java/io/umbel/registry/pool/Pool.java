package io.umbel.registry.pool;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The connections of this node, by account, server, version of the server, and the era of clients
 * and what they can be asked. What one account's calls do to a server concerns no other account and
 * no other server.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public final class Pool {

  /** A connection that nobody has used for this long is closed. */
  public static final Duration IDLE = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final Upstreams upstreams;
  private final Clock clock;
  private final UpstreamMetrics metrics;
  private final Map<Key, Lane> lanes = new HashMap<>();
  private Set<UUID> before = Set.of();
  private boolean leaving;

  private record Key(String account, UUID server) {}

  public Pool(Vertx vertx, Upstreams upstreams, Clock clock, UpstreamMetrics metrics) {
    this.vertx = vertx;
    this.upstreams = upstreams;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Asks a server.
   *
   * @return fails with {@link Unavailable} where it is not asked, and with {@link UpstreamFailure}
   *     where it does not answer
   */
  public Future<Answer> ask(Errand errand, Hearing hearing) {
    if (leaving) {
      return Future.failedFuture(new Unavailable(Unavailable.Reason.LEAVING, 0));
    }
    var lane = lane(errand.client().account(), errand.server());
    var started = System.nanoTime();
    return new Visit(vertx, lane, errand, hearing).run().onComplete(done -> {
      metrics.called(errand, done, System.nanoTime() - started);
      if (lane.hasTurned()) {
        tellCircuit(lane.server());
      }
    });
  }

  /** How the account's circuit to that server stands here. */
  public JsonObject breaker(Server server, String account) {
    var lane = lanes.get(new Key(account, server.key().id()));
    var state = lane == null ? Breaker.State.CLOSED : lane.breaker().state();
    return new JsonObject()
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("failures", lane == null ? 0 : lane.breaker().failures())
        .put("retry_after_ms", lane == null ? 0 : lane.breaker().retryAfterMillis());
  }

  /** The account's next call may go, whatever was. */
  public void resetBreaker(Server server, String account) {
    var lane = lanes.get(new Key(account, server.key().id()));
    if (lane != null) {
      lane.breaker().reset();
      tellCircuit(server);
    }
  }

  /** The next call opens a connection of its own; those under way finish on the old ones. */
  public void reconnect(Server server) {
    of(server).forEach(Lane::retire);
  }

  /**
   * These are the servers now: what leads to others, or to other versions, is closed.
   *
   * @return those that there were, and are no more
   */
  public Set<UUID> keepOnly(Collection<Server> servers) {
    Map<UUID, Server> known = servers.stream()
        .filter(server -> server.policy().active())
        .collect(Collectors.toMap(server -> server.key().id(), Function.identity()));
    for (var entry : new ArrayList<>(lanes.entrySet())) {
      var now = known.get(entry.getKey().server());
      if (now == null || now.version() != entry.getValue().server().version()) {
        lanes.remove(entry.getKey()).retire();
        metrics.forget(entry.getValue().server());
      }
    }
    metrics.keepOnly(servers);
    var gone = new HashSet<>(before);
    gone.removeAll(known.keySet());
    before = Set.copyOf(known.keySet());
    return gone;
  }

  /** Closes what nobody has used for {@link #IDLE}; run now and then. */
  public void sweep() {
    var since = clock.millis() - IDLE.toMillis();
    lanes.values().forEach(lane -> lane.closeIdle(since));
    lanes.values().removeIf(Lane::isBlank);
  }

  /** Closes everything. */
  public Future<Void> close() {
    leaving = true;
    var closing = lanes.values().stream().map(Lane::close).toList();
    lanes.clear();
    return Future.join(closing).<Void>mapEmpty().otherwiseEmpty();
  }

  private Lane lane(String account, Server server) {
    var key = new Key(account, server.key().id());
    var known = lanes.get(key);
    if (known == null || known.server().version() < server.version()) {
      if (known != null) {
        known.retire();
      }
      known = new Lane(vertx, server, upstreams, clock);
      lanes.put(key, known);
    }
    return known;
  }

  private Collection<Lane> of(Server server) {
    return lanes.entrySet().stream()
        .filter(entry -> entry.getKey().server().equals(server.key().id()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void tellCircuit(Server server) {
    var worst = of(server).stream()
        .map(lane -> lane.breaker().state())
        .max(Comparator.naturalOrder())
        .orElse(Breaker.State.CLOSED);
    metrics.circuit(server, worst);
  }
}
