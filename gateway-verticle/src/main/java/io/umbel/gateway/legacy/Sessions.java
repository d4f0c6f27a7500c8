package io.umbel.gateway.legacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

/**
 * Begins, opens and ends sessions. Any node opens any session, since the id is the session.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class Sessions {

  /** An id must fit a header with room to spare. */
  private static final int MAX_ID_LENGTH = 6 * 1024;

  private static final int OPEN_REMEMBERED = 10_000;

  private final Node node;
  private final Duration life;
  private final Sealer sealer;
  private final SessionNotes notes;
  private final Cache<String, Session> opened =
      Caffeine.newBuilder().maximumSize(OPEN_REMEMBERED).build();

  Sessions(Node node, Duration life, SessionNotes notes) {
    this.node = node;
    this.life = life;
    this.sealer = new Sealer(node.secret(), "session");
    this.notes = notes;
  }

  /** The id of a new session. */
  String begin(Caller caller, Session.Agreement agreement) {
    var expiresAt = node.clock().millis() + life.toMillis();
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
        || session.expiresAt() <= node.clock().millis()
        || notes.of(session).hasEnded()
        || !session.belongsTo(caller)) {
      throw McpException.sessionNotFound();
    }
    return session;
  }

  /** Ends a session on every node. */
  Future<Void> end(Session session) {
    return notes.end(session);
  }

  private Session unseal(String id) {
    return id.length() > MAX_ID_LENGTH ? null : sealer.open(id).map(Session::of).orElse(null);
  }
}
