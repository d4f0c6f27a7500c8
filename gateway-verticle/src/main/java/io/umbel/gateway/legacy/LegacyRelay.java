package io.umbel.gateway.legacy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.gateway.wire.Cancellation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What the gateways of a cluster tell each other about sessions: that a client cancelled a request
 * which another node may hold, and that a session has ended. Signed like announcements.
 */
final class LegacyRelay {

  private static final String ADDRESS = "umbel.sessions";
  private static final String CANCELLED = "cancelled";
  private static final String ENDED = "ended";

  private final Vertx vertx;
  private final Sessions sessions;
  private final SignedMessage signed;
  private final String node;
  private final Map<String, Cancellation> inFlight = new HashMap<>();

  LegacyRelay(Vertx vertx, Sessions sessions) {
    this.vertx = vertx;
    this.sessions = sessions;
    var here = Node.of(vertx);
    this.signed = new SignedMessage(here);
    this.node = here.id();
  }

  Future<Void> open() {
    MessageConsumer<Buffer> told = vertx.eventBus().consumer(ADDRESS, this::hear);
    return told.completion();
  }

  /** Notes a request that may be cancelled until it is done. */
  void holds(Session session, String requestId, Cancellation cancellation) {
    inFlight.put(name(session.key(), requestId), cancellation);
  }

  void done(Session session, String requestId, Cancellation cancellation) {
    inFlight.remove(name(session.key(), requestId), cancellation);
  }

  /** The client gave a request up; it is here or on another node. */
  void cancel(Session session, String requestId) {
    if (!cancelHere(session.key(), requestId)) {
      publish(CANCELLED, new JsonObject().put("key", session.key()).put("request", requestId));
    }
  }

  /** A session has ended here. */
  void tellEnded(Session session) {
    publish(ENDED, new JsonObject().put("key", session.key()).put("until", session.expiresAt()));
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message)) {
      return;
    }
    var told = message.body().toJsonObject();
    switch (message.headers().get(Header.OP)) {
      case CANCELLED -> cancelHere(told.getString("key"), told.getString("request"));
      case ENDED -> sessions.noteEnd(told.getString("key"), told.getLong("until"));
      default -> {} // a word of a later version
    }
  }

  private boolean cancelHere(String key, String requestId) {
    var cancellation = inFlight.get(name(key, requestId));
    if (cancellation != null) {
      cancellation.cancel();
    }
    return cancellation != null;
  }

  private void publish(String op, JsonObject what) {
    signed.publish(vertx, ADDRESS, op, node, what.toBuffer());
  }

  private static String name(String key, String requestId) {
    return key + " " + requestId;
  }
}
