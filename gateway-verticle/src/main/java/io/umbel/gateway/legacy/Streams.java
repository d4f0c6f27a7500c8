package io.umbel.gateway.legacy;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
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
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The streams that this gateway instance holds, and the way to those held by others: a client that
 * comes back is read to by the node it came to, from the node that holds its stream.
 */
final class Streams {

  private static final long KEPT_MILLIS = 5 * 60_000;
  private static final long ATTACH_MILLIS = 2_000;

  private final Vertx vertx;
  private final String gateway;
  private final String address;
  private final Map<String, SessionStream> held = new HashMap<>();
  private final Map<String, EventSink> visitors = new HashMap<>();

  Streams(Vertx vertx, GatewayDesk desk) {
    this.vertx = vertx;
    this.address = desk.address();
    this.gateway = address.substring(address.indexOf('@') + 1);
    desk.takes(Op.ATTACH, this::attachElsewhere);
    desk.takes(Op.DELIVER, this::deliver);
  }

  /**
   * A stream that has not begun, and is held from when it does.
   *
   * @param request the id of the request it answers, or empty
   */
  SessionStream open(Session session, String request, EventSink sink) {
    var random = ThreadLocalRandom.current();
    var name = HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
    var stream = new SessionStream(session, new EventId(gateway, name, 0, request), sink);
    stream.onBegin(() -> held.put(name, stream));
    return stream;
  }

  /** The stream is over; a client may still come back for what it missed. */
  void close(SessionStream stream) {
    if (stream.hasBegun()) {
      vertx.setTimer(KEPT_MILLIS, forgotten -> held.remove(stream.name()));
    }
  }

  /** How many streams are held. */
  int size() {
    return held.size();
  }

  /** A client has come back; fails where that stream is not its own. */
  Future<Void> attach(Session session, String lastEvent, EventSink sink) {
    var id = EventId.of(lastEvent);
    if (id == null) {
      return Future.failedFuture(McpException.refused(400, "Last-Event-ID is not one of ours"));
    }
    if (id.gateway().equals(gateway)) {
      return attachHere(id, session.key(), sink) ? Future.succeededFuture() : lost(id, sink);
    }
    return askHolder(id, session, sink).recover(gone -> lost(id, sink));
  }

  private boolean attachHere(EventId id, String session, EventSink sink) {
    var stream = held.get(id.stream());
    if (stream == null || !stream.session().key().equals(session)) {
      return false;
    }
    stream.attach(sink, id.number());
    return true;
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
    var visitor = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    visitors.put(visitor, sink);
    sink.closed().onComplete(gone -> visitors.remove(visitor));
    var body = new JsonObject()
        .put("event", id.toString())
        .put("session", session.key())
        .put("to", address)
        .put("visitor", visitor);
    var options =
        new DeliveryOptions().setSendTimeout(ATTACH_MILLIS).addHeader(Header.OP, Op.ATTACH.word());
    var holder = Bus.addressOf(Bus.GATEWAY, id.gateway());
    return vertx.eventBus().request(holder, body.toBuffer(), options).mapEmpty();
  }

  private void attachElsewhere(Message<Buffer> message) {
    var asked = message.body().toJsonObject();
    var id = EventId.of(asked.getString("event"));
    var sink = new RemoteSink(vertx, asked.getString("to"), asked.getString("visitor"));
    if (id != null && held.containsKey(id.stream())) {
      message.reply(Buffer.buffer());
      attachHere(id, asked.getString("session"), sink);
    } else {
      message.fail(404, "no such stream here");
    }
  }

  private void deliver(Message<Buffer> message) {
    var sink = visitors.get(String.valueOf(message.headers().get(Header.CALL)));
    if (sink != null) {
      RemoteSink.replay(message, sink);
    }
  }
}
