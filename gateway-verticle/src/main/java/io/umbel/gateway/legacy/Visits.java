package io.umbel.gateway.legacy;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Node;
import io.umbel.gateway.call.GatewayDesk;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.EventSink.Event;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Clients that come back for the rest of a stream, to whichever gateway: it is read to them by the
 * one they came to, from the one that holds it. Each of the two hears when the other side is gone.
 */
final class Visits {

  private static final long ATTACH_MILLIS = 2_000;

  private final Vertx vertx;
  private final Streams streams;
  private final String address;
  private final String gateway;
  private final String node;

  /** Clients that are here, of streams that are elsewhere. */
  private final Map<String, Visitor> visitors = new HashMap<>();

  /** Streams that are here, of clients that are elsewhere; by the clients' names there. */
  private final Map<String, RemoteSink> readers = new HashMap<>();

  private record Visitor(EventId id, EventSink sink, String holderNode) {}

  Visits(Vertx vertx, GatewayDesk desk, Streams streams) {
    this.vertx = vertx;
    this.streams = streams;
    this.address = desk.address();
    this.gateway = gateway(desk);
    this.node = Node.of(vertx).id();
    desk.takes(Op.ATTACH, this::attachReader);
    desk.takes(Op.DETACH, message -> detachReader(message.headers().get(Header.CALL)));
    desk.takes(Op.DELIVER, this::deliver);
  }

  /** What that gateway instance is called in the ids of its events. */
  static String gateway(GatewayDesk desk) {
    return desk.address().substring(desk.address().indexOf('@') + 1);
  }

  /** Begins to hear of nodes that are gone. */
  void open() {
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> nodeLeft(left.body()));
  }

  /** A client has come back; fails where that stream is not its own. */
  Future<Void> attach(Session session, String lastEvent, EventSink sink) {
    var id = EventId.of(lastEvent);
    if (id == null) {
      return Future.failedFuture(McpException.refused(400, "Last-Event-ID is not one of ours"));
    }
    if (id.gateway().equals(gateway)) {
      return streams.attach(id, session.key(), sink) ? begun(sink) : lost(id, sink);
    }
    return askHolder(id, session, sink).compose(ok -> begun(sink), gone -> lost(id, sink));
  }

  /** How many clients and streams are apart. */
  int size() {
    return visitors.size() + readers.size();
  }

  /** Lets the client see that it is attached, where there is nothing to send yet. */
  private static Future<Void> begun(EventSink sink) {
    if (!sink.hasBegun()) {
      sink.start();
    }
    return Future.succeededFuture();
  }

  /** Says what became of the request, rather than nothing. */
  private static Future<Void> lost(EventId id, EventSink sink) {
    if (id.request().isEmpty()) {
      return Future.failedFuture(
          McpException.refused(404, "That stream is gone: open a new one without Last-Event-ID"));
    }
    var text = "The stream of this request is gone; whether it took effect is not known";
    var error = McpException.fromProvider(-32603, text, null);
    sink.send(Event.of(error.toResponse(id.request())));
    sink.end();
    return Future.succeededFuture();
  }

  private Future<Void> askHolder(EventId id, Session session, EventSink sink) {
    var name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    var holder = Bus.addressOf(Bus.GATEWAY, id.gateway());
    visitors.put(name, new Visitor(id, sink, ""));
    var body = new JsonObject()
        .put("event", id.toString())
        .put("session", session.key())
        .put("to", address)
        .put("node", node)
        .put("visitor", name);
    var options = to(Op.ATTACH).setSendTimeout(ATTACH_MILLIS);
    return vertx
        .eventBus()
        .<Buffer>request(holder, body.toBuffer(), options)
        .onSuccess(
            reply -> visitors.replace(name, new Visitor(id, sink, reply.body().toString())))
        .onComplete(asked -> sink.closed().onComplete(gone -> leave(name, holder)))
        .mapEmpty();
  }

  private void leave(String visitor, String holder) {
    if (visitors.remove(visitor) != null) {
      var options = to(Op.DETACH).addHeader(Header.CALL, visitor);
      vertx.eventBus().send(holder, Buffer.buffer(), options);
    }
  }

  private void attachReader(Message<Buffer> message) {
    var asked = message.body().toJsonObject();
    var id = EventId.of(asked.getString("event"));
    var name = asked.getString("visitor");
    var sink = new RemoteSink(vertx, asked.getString("to"), asked.getString("node", ""), name);
    readers.put(name, sink);
    sink.closed().onComplete(gone -> readers.remove(name, sink));
    if (id != null && streams.attach(id, asked.getString("session"), sink)) {
      message.reply(Buffer.buffer(node));
    } else {
      sink.leave();
      message.fail(404, "no such stream here");
    }
  }

  private void detachReader(String name) {
    var sink = readers.get(String.valueOf(name));
    if (sink != null) {
      sink.leave();
    }
  }

  private void deliver(Message<Buffer> message) {
    var visitor = visitors.get(String.valueOf(message.headers().get(Header.CALL)));
    if (visitor != null) {
      RemoteSink.replay(message, visitor.sink());
    }
  }

  /** Who reads from there is told, and who read there has left. */
  private void nodeLeft(String left) {
    for (var visitor : List.copyOf(visitors.values())) {
      if (visitor.holderNode().equals(left)) {
        lost(visitor.id(), visitor.sink());
        visitor.sink().end();
      }
    }
    List.copyOf(readers.values()).stream()
        .filter(reader -> reader.isAt(left))
        .forEach(RemoteSink::leave);
  }

  private static DeliveryOptions to(Op op) {
    return new DeliveryOptions().addHeader(Header.OP, op.word());
  }
}
