package io.umbel.gateway.legacy;

import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.EventSink.Event;
import io.umbel.gateway.wire.McpRequest.Notices;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stream of events to a client with a session: the answer to a request, or its own. What was sent
 * is kept for a while, so that a client that was cut off, or hung up to poll, can come back for the
 * rest by whichever node.
 */
final class SessionStream implements Notices {

  private static final int KEPT_EVENTS = 500;
  private static final long KEPT_BYTES = 1024 * 1024;
  private static final long RETRY_MILLIS = 500;

  private final Session session;
  private final EventId first;
  private final Deque<Event> kept = new ArrayDeque<>();
  private EventSink sink;
  private long bytes;
  private long number;
  private boolean ended;
  private Runnable onBegin = () -> {};

  /**
   * A stream that has not begun.
   *
   * @param first the id its first event has
   */
  SessionStream(Session session, EventId first, EventSink sink) {
    this.session = session;
    this.first = first;
    this.sink = sink;
  }

  /** Is told when there is something that a client may come back for. */
  void onBegin(Runnable task) {
    onBegin = task;
  }

  Session session() {
    return session;
  }

  String name() {
    return first.stream();
  }

  boolean hasBegun() {
    return number > 0;
  }

  /** Whether what is sent goes there. */
  boolean goesTo(EventSink one) {
    return sink == one;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether a client reads this now, or could. */
  boolean isOpen() {
    return sink.isOpen() || hasBegun();
  }

  /** Nothing but an id to come back with; older clients would take it for a message. */
  void begin() {
    if (hasBegun()) {
      return;
    }
    onBegin.run();
    if (session.revision().compareTo(Revision.V2025_11_25) >= 0) {
      keep(new Event(null, id(), 0, Buffer.buffer()));
    }
  }

  @Override
  public void send(Buffer message) {
    if (isOpen()) {
      begin();
      keep(new Event(null, id(), 0, message));
    }
  }

  @Override
  public void pause() {
    if (sink.isOpen() && session.revision().compareTo(Revision.V2025_11_25) >= 0) {
      begin();
      sink.send(new Event(null, null, RETRY_MILLIS, null));
      sink.end();
    }
  }

  /** The last message. */
  void end(Buffer message) {
    send(message);
    ended = true;
    sink.end();
  }

  /** Ends without a last message. */
  void end() {
    ended = true;
    sink.end();
  }

  /** The client has come back, having heard up to that event. */
  void attach(EventSink other, long heard) {
    var before = sink;
    sink = other;
    before.end();
    for (var event : kept) {
      if (EventId.of(event.id()).number() > heard) {
        sink.send(event);
      }
    }
    if (ended) {
      sink.end();
    }
  }

  private void keep(Event event) {
    number++;
    kept.add(event);
    bytes += event.data().length();
    while (kept.size() > KEPT_EVENTS || bytes > KEPT_BYTES) {
      bytes -= kept.remove().data().length();
    }
    sink.send(event);
  }

  private String id() {
    return new EventId(first.gateway(), first.stream(), number, first.request()).toString();
  }
}
