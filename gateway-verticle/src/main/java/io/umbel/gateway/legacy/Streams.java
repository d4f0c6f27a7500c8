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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The streams that this gateway instance holds, and the way to those held by others: a client that
 * comes back is read to by the node it came to, from the node that holds its stream.
 */
final class Streams {

  private static final long KEPT_MILLIS = 5 * 60_000;
  private static final long ATTACH_MILLIS = 2_000;
  private static final int MOST_ENDED = 2_000;

  /** In characters. The answer to a request with a longer id cannot be said to be lost. */
  private static final int LONGEST_REQUEST_ID = 100;

  private final Vertx vertx;
  private final String gateway;
  private final String address;
  private final Map<String, SessionStream> held = new HashMap<>();
  private final Map<String, EventSink> visitors = new HashMap<>();
  /** What ends with a stream that is a session's own. */
  private final Map<String, Runnable> own = new HashMap<>();
  /** Those that are over, the longest first. */
  private final Set<String> ended = new LinkedHashSet<>();

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
    var told = request.length() > LONGEST_REQUEST_ID ? "" : request;
    var stream = new SessionStream(session, new EventId(gateway, name, 0, told), sink);
    stream.onBegin(() -> held.put(name, stream));
    return stream;
  }

  /** The stream is over; a client may still come back for what it missed. */
  void close(SessionStream stream) {
    if (stream.hasBegun() && ended.add(stream.name())) {
      vertx.setTimer(KEPT_MILLIS, late -> forget(stream.name()));
      if (ended.size() > MOST_ENDED) {
        forget(ended.iterator().next());
      }
    }
  }

  private void forget(String name) {
    held.remove(name);
    ended.remove(name);
  }

  /**
   * A session's own stream. It goes on for a while after its client is gone, who may come back for
   * what happened meanwhile.
   *
   * @param onOver what ends with it
   */
  void keep(SessionStream stream, EventSink sink, Runnable onOver) {
    own.put(stream.name(), onOver);
    sink.closed().onComplete(gone -> left(stream, sink));
  }

  private void left(SessionStream stream, EventSink sink) {
    if (!stream.goesTo(sink)) {
      return;
    }
    if (stream.hasBegun() && !stream.hasEnded()) {
      vertx.setTimer(KEPT_MILLIS, late -> endIfStill(stream, sink));
    } else {
      over(stream);
    }
  }

  private void endIfStill(SessionStream stream, EventSink sink) {
    if (stream.goesTo(sink)) {
      stream.end();
      over(stream);
    }
  }

  private void over(SessionStream stream) {
    var onOver = own.remove(stream.name());
    if (onOver != null) {
      onOver.run();
      close(stream);
    }
  }

  /** How many streams are not over. */
  int size() {
    return held.size()
        - ended.size()
        + (int) own.keySet().stream().filter(name -> !held.containsKey(name)).count();
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
    return askHolder(id, session, sink)
        .onSuccess(attached -> startIfNew(sink))
        .recover(gone -> lost(id, sink));
  }

  private boolean attachHere(EventId id, String session, EventSink sink) {
    var stream = held.get(id.stream());
    if (stream == null || !stream.session().key().equals(session)) {
      return false;
    }
    stream.attach(sink, id.number());
    startIfNew(sink);
    if (own.containsKey(stream.name())) {
      sink.closed().onComplete(gone -> left(stream, sink));
    }
    return true;
  }

  /** Lets the client see that it is attached, where there is nothing to send yet. */
  private static void startIfNew(EventSink sink) {
    if (!sink.hasBegun()) {
      sink.start();
    }
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
    if (id != null && attachHere(id, asked.getString("session"), sink)) {
      message.reply(Buffer.buffer());
      limit(id, sink);
    } else {
      message.fail(404, "no such stream here");
    }
  }

  /** Nobody says when a client elsewhere leaves: a session's own stream ends then in any case. */
  private void limit(EventId id, EventSink sink) {
    if (own.containsKey(id.stream())) {
      left(held.get(id.stream()), sink);
    }
  }

  private void deliver(Message<Buffer> message) {
    var sink = visitors.get(String.valueOf(message.headers().get(Header.CALL)));
    if (sink != null) {
      RemoteSink.replay(message, sink);
    }
  }
}
