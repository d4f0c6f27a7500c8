package io.umbel.gateway.legacy;

import io.umbel.gateway.wire.EventSink;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The streams that this gateway instance holds; clients may come back for them for a while. */
final class Streams {

  /** How long a stream is kept that is over, or that nobody reads. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private static final int MOST_ENDED = 2_000;
  private static final int SWEEPS = 30;

  /** In characters. The answer to a request with a longer id cannot be said to be lost. */
  private static final int LONGEST_REQUEST_ID = 100;

  private final Vertx vertx;
  private final String gateway;
  private final Audience audience;
  private final Duration kept;
  private final Map<String, SessionStream> held = new HashMap<>();
  /** Those that are sessions' own, and what ends with them. */
  private final Map<String, Own> own = new HashMap<>();
  /** Those that nobody reads, the longest first; by their names. */
  private final Map<String, Left> left = new LinkedHashMap<>();
  /** Those that are over, the longest first, and when that was. */
  private final Map<String, Long> ended = new LinkedHashMap<>();

  private record Own(SessionStream stream, Runnable onOver) {}

  private record Left(SessionStream stream, long at) {}

  /**
   * None yet.
   *
   * @param gateway the instance that holds them
   */
  Streams(Vertx vertx, String gateway, Audience audience, Duration kept) {
    this.vertx = vertx;
    this.gateway = gateway;
    this.audience = audience;
    this.kept = kept;
  }

  /** Begins to forget what has been kept for long enough. */
  void open() {
    var often = Math.max(1, kept.toMillis() / SWEEPS);
    vertx.setPeriodic(often, tick -> sweep(System.nanoTime() - kept.toNanos()));
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
    if (stream.hasBegun()) {
      ended.putIfAbsent(stream.name(), System.nanoTime());
      if (ended.size() > MOST_ENDED) {
        forget(ended.keySet().iterator().next());
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
    own.put(stream.name(), new Own(stream, onOver));
    isRead(stream, sink);
  }

  /** Ends the streams that are that session's own: it is over. */
  void endOwn(String session) {
    var gone = own.values().stream()
        .map(Own::stream)
        .filter(stream -> stream.session().key().equals(session));
    for (var stream : gone.toList()) {
      stream.end();
      over(stream);
    }
  }

  private void isRead(SessionStream stream, EventSink sink) {
    left.remove(stream.name());
    audience.note(stream, true);
    sink.closed().onComplete(gone -> isLeft(stream, sink));
  }

  private void isLeft(SessionStream stream, EventSink sink) {
    if (!stream.goesTo(sink) || !own.containsKey(stream.name())) {
      return;
    }
    if (stream.hasBegun() && !stream.hasEnded()) {
      audience.note(stream, false);
      left.put(stream.name(), new Left(stream, System.nanoTime()));
    } else {
      over(stream);
    }
  }

  /** Whoever has not come back until now will not. */
  private void sweep(long before) {
    List.copyOf(left.values()).stream()
        .takeWhile(each -> each.at() - before < 0)
        .forEach(late -> {
          late.stream().end();
          over(late.stream());
        });
    List.copyOf(ended.entrySet()).stream()
        .takeWhile(each -> each.getValue() - before < 0)
        .forEach(each -> forget(each.getKey()));
  }

  private void over(SessionStream stream) {
    var gone = own.remove(stream.name());
    left.remove(stream.name());
    if (gone != null) {
      gone.onOver().run();
      audience.gone(stream);
      close(stream);
    }
  }

  /** How many streams are not over. */
  int size() {
    return held.size()
        - ended.size()
        + (int) own.keySet().stream().filter(name -> !held.containsKey(name)).count();
  }

  /**
   * A client has come back to this stream, here or by another gateway.
   *
   * @return whether it is here, and its own
   */
  boolean attach(EventId id, String session, EventSink sink) {
    var stream = held.get(id.stream());
    if (stream == null || !stream.session().key().equals(session)) {
      return false;
    }
    stream.attach(sink, id.number());
    if (own.containsKey(stream.name())) {
      isRead(stream, sink);
    }
    return true;
  }
}
