package io.umbel.registry.pool;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that one account has towards one server, as it is configured in one version. */
final class Lane {

  /** Eras and abilities of clients: few differ, but nobody is to make up thousands. */
  private static final int MOST_CONNECTIONS = 16;

  private final Server server;
  private final Upstreams upstreams;
  private final Clock clock;
  private final Breaker breaker;
  private final Bulkhead bulkhead;
  private final Map<String, Connection> connections = new HashMap<>();
  private Breaker.State told;

  Lane(Vertx vertx, Server server, Upstreams upstreams, Clock clock) {
    this.server = server;
    this.upstreams = upstreams;
    this.clock = clock;
    this.breaker = new Breaker(server.policy().limits(), clock);
    this.bulkhead = new Bulkhead(vertx, server.policy().limits().concurrency());
  }

  Server server() {
    return server;
  }

  Breaker breaker() {
    return breaker;
  }

  /** Whether the circuit is in another state than when this was asked last. */
  boolean hasTurned() {
    var before = told;
    told = breaker.state();
    return told != before;
  }

  Bulkhead bulkhead() {
    return bulkhead;
  }

  /**
   * The connection for clients of that era and these abilities: the one that is there, or one that
   * is opened now, whoever else waits for it. Whoever takes it must leave it.
   */
  Connection connection(Errand.Client client) {
    var abilities = client.capabilities();
    var key = client.era() + (abilities.isEmpty() ? "" : abilities.encode());
    var known = connections.get(key);
    if (known == null || known.upstream().failed()) {
      makeRoom();
      known = new Connection(opened(client));
      connections.put(key, known);
    }
    known.use();
    return known;
  }

  /** That one is of no use any more. */
  void drop(Connection connection) {
    if (connections.values().remove(connection)) {
      connection.retire();
    }
  }

  /** Closes what nobody has used since then. */
  void closeIdle(long since) {
    all().stream()
        .filter(connection -> connection.isIdle() && connection.idleSince() < since)
        .forEach(this::drop);
  }

  /** Whether nothing would be forgotten with it. */
  boolean isBlank() {
    return connections.isEmpty() && bulkhead.busy() == 0 && breaker.failures() == 0;
  }

  /** Takes nobody new; each connection is closed when those who use it are done. */
  void retire() {
    all().forEach(this::drop);
  }

  /** Closes everything, whoever uses it. */
  Future<Void> close() {
    var closing = all().stream().map(Connection::close).toList();
    connections.clear();
    return Future.join(closing).<Void>mapEmpty().otherwiseEmpty();
  }

  private List<Connection> all() {
    return new ArrayList<>(connections.values());
  }

  private Future<Upstream> opened(Errand.Client client) {
    try {
      return upstreams.open(server, client.capabilities(), client.era());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void makeRoom() {
    if (connections.size() >= MOST_CONNECTIONS) {
      all().stream()
          .min(Comparator.comparing((Connection one) -> !one.isIdle())
              .thenComparing(Connection::idleSince))
          .ifPresent(this::drop);
    }
  }

  long now() {
    return clock.millis();
  }
}
