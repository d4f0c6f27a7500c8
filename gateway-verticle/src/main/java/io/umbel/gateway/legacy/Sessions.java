package io.umbel.gateway.legacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Begins, opens and ends sessions. Any node opens any session, since the id is the session. The
 * keys of ended ones are told to every node and kept until they would have expired; a node that
 * starts later reads them from the cluster.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class Sessions {

  private static final String ENDED = "umbel.sessions.ended";

  /** An id must fit a header with room to spare. */
  private static final int MAX_ID_LENGTH = 6 * 1024;

  private static final int OPEN_REMEMBERED = 10_000;

  private final Vertx vertx;
  private final Node node;
  private final Duration life;
  private final Sealer sealer;
  private final Map<String, Long> ended = new HashMap<>();
  private final Cache<String, Session> opened =
      Caffeine.newBuilder().maximumSize(OPEN_REMEMBERED).build();
  private AsyncMap<String, Long> endedEverywhere;

  Sessions(Vertx vertx, Duration life) {
    this.vertx = vertx;
    this.node = Node.of(vertx);
    this.life = life;
    this.sealer = new Sealer(node.secret(), "session");
  }

  /** Learns which sessions have ended. */
  Future<Void> open() {
    vertx.setPeriodic(60_000, tick -> ended.values().removeIf(until -> until < now()));
    return vertx
        .sharedData()
        .<String, Long>getAsyncMap(ENDED)
        .onSuccess(map -> endedEverywhere = map)
        .compose(AsyncMap::entries)
        .onSuccess(ended::putAll)
        .mapEmpty();
  }

  /** The id of a new session. */
  String begin(Caller caller, Session.Agreement agreement) {
    var expiresAt = now() + life.toMillis();
    var key = UUID.randomUUID().toString();
    var id = sealer.seal(Session.facts(key, caller, expiresAt, agreement));
    if (id.length() > MAX_ID_LENGTH) {
      throw McpException.invalidParams(
          "capabilities and clientInfo are too large: a session id holds about 4 KiB of them");
    }
    return id;
  }

  /**
   * The session of that id.
   *
   * @throws McpException if there is none, or it is over, or not this caller's
   */
  Session find(String id, Caller caller) {
    if (id == null) {
      throw McpException.sessionRequired();
    }
    var session = opened.get(id, this::unseal);
    if (session == null
        || session.expiresAt() <= now()
        || ended.containsKey(session.key())
        || !session.belongsTo(caller)) {
      throw McpException.sessionNotFound();
    }
    return session;
  }

  /** Ends a session on every node. */
  Future<Void> end(Session session) {
    noteEnd(session.key(), session.expiresAt());
    return endedEverywhere.put(
        session.key(), session.expiresAt(), Math.max(1, session.expiresAt() - now()));
  }

  /** Another node ended a session. */
  void noteEnd(String key, long until) {
    ended.put(key, until);
  }

  private Session unseal(String id) {
    return id.length() > MAX_ID_LENGTH ? null : sealer.open(id).map(Session::of).orElse(null);
  }

  private long now() {
    return node.clock().millis();
  }
}
