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
 * The requests of sessions that can be cancelled here, and the way to those held by other nodes.
 */
final class Cancels {

  private static final String ADDRESS = "umbel.sessions";
  private static final String CANCELLED = "cancelled";

  private final Vertx vertx;
  private final SignedMessage signed;
  private final String node;
  private final Map<String, Cancellation> inFlight = new HashMap<>();

  Cancels(Vertx vertx) {
    this.vertx = vertx;
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
      var what = new JsonObject().put("key", session.key()).put("request", requestId);
      signed.publish(vertx, ADDRESS, CANCELLED, node, what.toBuffer());
    }
  }

  private void hear(Message<Buffer> message) {
    if (signed.isGenuine(message) && CANCELLED.equals(message.headers().get(Header.OP))) {
      var told = message.body().toJsonObject();
      cancelHere(told.getString("key"), told.getString("request"));
    }
  }

  private boolean cancelHere(String key, String requestId) {
    var cancellation = inFlight.get(name(key, requestId));
    if (cancellation != null) {
      cancellation.cancel();
    }
    return cancellation != null;
  }

  private static String name(String key, String requestId) {
    return key + " " + requestId;
  }
}
