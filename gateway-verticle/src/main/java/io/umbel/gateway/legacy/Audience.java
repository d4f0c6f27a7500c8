package io.umbel.gateway.legacy;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a session's own streams is told what changes: one of them, whichever gateways hold them.
 * It is the one that was opened last of those that are read; where none is read at the moment, the
 * last of all.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#multiple-connections">
 *     Multiple connections</a>
 */
final class Audience {

  private static final String ADDRESS = "umbel.sessions";
  private static final String LISTENS = "listens";
  private static final String LEFT = "left";

  private final Vertx vertx;
  private final String gateway;
  private final Node node;
  private final SignedMessage signed;

  /** By session: what is here, and what is elsewhere of the same sessions. */
  private final Map<String, Map<String, Place>> places = new HashMap<>();

  /**
   * A stream.
   *
   * @param isRead whether a client reads it now, or may come back for it
   * @param since when it was opened or come back for, in microseconds since 1970
   */
  private record Place(String stream, String gateway, String node, boolean isRead, long since) {
    private static final Comparator<Place> LAST = Comparator.comparing(Place::isRead)
        .thenComparingLong(Place::since)
        .thenComparing(Place::stream);

    JsonObject toJson(String session) {
      return new JsonObject()
          .put("key", session)
          .put("stream", stream)
          .put("gateway", gateway)
          .put("node", node)
          .put("read", isRead)
          .put("since", since);
    }

    static Place of(JsonObject json) {
      return new Place(
          json.getString("stream"),
          json.getString("gateway"),
          json.getString("node"),
          json.getBoolean("read"),
          json.getLong("since"));
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param gateway the instance that this is part of
   */
  Audience(Vertx vertx, String gateway) {
    this.vertx = vertx;
    this.gateway = gateway;
    this.node = Node.of(vertx);
    this.signed = new SignedMessage(node);
  }

  /** Begins to hear of streams elsewhere. */
  Future<Void> open() {
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> forgetNode(left.body()));
    MessageConsumer<Buffer> told = vertx.eventBus().consumer(ADDRESS, this::hear);
    return told.completion();
  }

  /** A client has come to that stream, or has left it and may come back. */
  void note(SessionStream stream, boolean isRead) {
    var session = stream.session().key();
    var now = ChronoUnit.MICROS.between(Instant.EPOCH, node.clock().instant());
    var place = new Place(stream.name(), gateway, node.id(), isRead, now);
    places.computeIfAbsent(session, first -> new HashMap<>()).put(stream.name(), place);
    publish(LISTENS, place.toJson(session).put("asks", true));
  }

  /** That stream is over. */
  void gone(SessionStream stream) {
    var session = stream.session().key();
    forget(session, stream.name());
    publish(LEFT, new JsonObject().put("key", session).put("stream", stream.name()));
  }

  /** Whether it is that stream which is told. */
  boolean isTold(SessionStream stream) {
    return places.getOrDefault(stream.session().key(), Map.of()).values().stream()
        .max(Place.LAST)
        .filter(place -> place.stream().equals(stream.name()))
        .isPresent();
  }

  /** How many streams this knows of. */
  int size() {
    return places.values().stream().mapToInt(Map::size).sum();
  }

  private void publish(String op, JsonObject what) {
    signed.publish(vertx, ADDRESS, op, node.id(), what.toBuffer());
  }

  private void hear(Message<Buffer> message) {
    var op = message.headers().get(Header.OP);
    if ((!LISTENS.equals(op) && !LEFT.equals(op)) || !signed.isGenuine(message)) {
      return;
    }
    var told = message.body().toJsonObject();
    var session = told.getString("key");
    if (!places.containsKey(session) || gateway.equals(told.getString("gateway"))) {
      return;
    }
    if (LEFT.equals(op)) {
      forget(session, told.getString("stream"));
    } else {
      heardOf(session, Place.of(told), told.getBoolean("asks"));
    }
  }

  /** Whoever has just come may not know of those that were here before. */
  private void heardOf(String session, Place place, boolean asks) {
    var known = places.get(session);
    known.put(place.stream(), place);
    if (asks) {
      known.values().stream()
          .filter(each -> each.gateway().equals(gateway))
          .forEach(mine -> publish(LISTENS, mine.toJson(session).put("asks", false)));
    }
  }

  private void forget(String session, String stream) {
    var known = places.get(session);
    if (known != null) {
      known.remove(stream);
      forgetIfElsewhere(session);
    }
  }

  /** A session none of whose streams is here is no affair of this gateway's. */
  private void forgetIfElsewhere(String session) {
    if (places.get(session).values().stream().noneMatch(each -> each.gateway().equals(gateway))) {
      places.remove(session);
    }
  }

  private void forgetNode(String left) {
    for (var session : List.copyOf(places.keySet())) {
      places.get(session).values().removeIf(each -> each.node().equals(left));
      forgetIfElsewhere(session);
    }
  }
}
