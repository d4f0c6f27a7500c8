package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.EventSink;
import io.vertx.core.Future;

/** The streams that sessions have beside those of their requests: what changes is told there. */
final class OwnStreams {

  private final Streams streams;
  private final Visits visits;
  private final Audience audience;
  private final Changes changes;
  private final SessionNotes notes;

  OwnStreams(
      Streams streams, Visits visits, Audience audience, Changes changes, SessionNotes notes) {
    this.streams = streams;
    this.visits = visits;
    this.audience = audience;
    this.changes = changes;
    this.notes = notes;
  }

  /** Begins to hear of streams elsewhere, and of sessions that end. */
  Future<Void> open() {
    notes.onEnded(streams::endOwn);
    streams.open();
    visits.open();
    return audience.open();
  }

  /**
   * Tells a session of what changes, there, until the task that is returned is run: where a session
   * is one connection it has no other stream.
   */
  Runnable watch(Session session, Caller caller, EventSink sink) {
    var own = streams.open(session, "", sink);
    var watch = new SessionWatch(caller, own, notes, always -> true);
    changes.add(watch);
    return () -> changes.remove(watch);
  }

  /** Gives a session a stream; completes when its client is gone. */
  Future<Void> open(Session session, Caller caller, EventSink sink) {
    var stream = streams.open(session, "", sink);
    var watch = new SessionWatch(caller, stream, notes, audience::isTold);
    sink.start();
    streams.keep(stream, sink, () -> changes.remove(watch));
    changes.add(watch);
    return sink.closed();
  }

  /** Gives a session the rest of a stream it was cut off from. */
  Future<Void> resume(Session session, String lastEvent, EventSink sink) {
    return visits.attach(session, lastEvent, sink).compose(attached -> sink.closed());
  }
}
