package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.EventSink;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** The streams that sessions have beside those of their requests: what changes is told there. */
final class OwnStreams {

  private final Streams streams;
  private final Visits visits;
  private final Audience audience;
  private final Changes changes;
  private final SessionNotes notes;

  /** By session: whoever of its streams was here last. */
  private final Map<String, SessionWatch> watches = new HashMap<>();

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
    notes.onWatched(this::watches);
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
    add(session, watch);
    return () -> remove(session, watch);
  }

  /** Gives a session a stream; completes when its client is gone. */
  Future<Void> open(Session session, Caller caller, EventSink sink) {
    var stream = streams.open(session, "", sink);
    var watch = new SessionWatch(caller, stream, notes, audience::isTold);
    sink.start();
    streams.keep(stream, sink, () -> remove(session, watch));
    add(session, watch);
    return sink.closed();
  }

  private void add(Session session, SessionWatch watch) {
    watches.put(session.key(), watch);
    changes.add(watch);
  }

  private void remove(Session session, SessionWatch watch) {
    watches.remove(session.key(), watch);
    changes.remove(watch);
  }

  /** A session that has a stream here watches one more resource. */
  private void watches(String session, String uri) {
    var watch = watches.get(session);
    if (watch != null) {
      changes.watches(watch.caller(), uri);
    }
  }

  /** Gives a session the rest of a stream it was cut off from. */
  Future<Void> resume(Session session, String lastEvent, EventSink sink) {
    return visits.attach(session, lastEvent, sink).compose(attached -> sink.closed());
  }
}
