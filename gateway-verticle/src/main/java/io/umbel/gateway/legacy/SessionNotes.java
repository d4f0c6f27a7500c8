package io.umbel.gateway.legacy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What is to be remembered of a session that its id does not say: that it has ended, the log level
 * it set, the resources it watches. Few sessions have a note. Every node hears of each at once and
 * keeps it until the session expires; a node that starts later reads them from the cluster. Each
 * entry of a note stands for itself, so that what is noted at two nodes at once is kept of both.
 */
final class SessionNotes {

  private static final String ADDRESS = "umbel.sessions";
  private static final String CLUSTER_MAP = "umbel.session-notes";
  private static final String NOTED = "noted-entry";
  private static final long SWEEP_MILLIS = 60_000;

  /** Longer than anything said of an entry before is under way. */
  private static final long FORGOTTEN_AFTER_MILLIS = Duration.ofMinutes(2).toMillis();

  private final Vertx vertx;
  private final Node node;
  private final SignedMessage signed;
  private final Map<String, SessionNote> notes = new HashMap<>();
  private AsyncMap<String, String> everywhere;
  private Consumer<String> onEnded = key -> {};
  private BiConsumer<String, String> onWatched = (key, uri) -> {};
  private long lastStamp;

  SessionNotes(Vertx vertx) {
    this.vertx = vertx;
    this.node = Node.of(vertx);
    this.signed = new SignedMessage(node);
  }

  /** Who is told the key of each session that ends, at whichever node. */
  void onEnded(Consumer<String> taker) {
    onEnded = taker;
  }

  /** Who is told when a session watches a resource, at whichever node: its key, and the URI. */
  void onWatched(BiConsumer<String, String> taker) {
    onWatched = taker;
  }

  /** Learns what has been noted so far. */
  Future<Void> open() {
    vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
    MessageConsumer<Buffer> told = vertx.eventBus().consumer(ADDRESS, this::hear);
    return told.completion()
        .compose(ready -> vertx.sharedData().<String, String>getAsyncMap(CLUSTER_MAP))
        .onSuccess(map -> everywhere = map)
        .compose(AsyncMap::values)
        .onSuccess(all -> all.forEach(entry -> remember(new JsonObject(entry))))
        .mapEmpty();
  }

  /** The note on that session; an empty one where there is none. */
  SessionNote of(Session session) {
    var note = notes.get(session.key());
    return note == null ? new SessionNote(session.expiresAt()) : note;
  }

  /** The session is over, everywhere. */
  Future<Void> end(Session session) {
    return put(session, SessionNote.ENDED, "true");
  }

  Future<Void> setLevel(Session session, String level) {
    return put(session, SessionNote.LEVEL, level);
  }

  Future<Void> watch(Session session, String uri) {
    return put(session, SessionNote.WATCHES + uri, "true");
  }

  Future<Void> watchNoLonger(Session session, String uri) {
    return put(session, SessionNote.WATCHES + uri, null);
  }

  /** Notes something, here and everywhere; null for what is so no longer. */
  private Future<Void> put(Session session, String entry, String value) {
    var until = session.expiresAt();
    var what = new JsonObject()
        .put("key", session.key())
        .put("until", until)
        .put("entry", entry)
        .put("value", value)
        .put("stamp", nextStamp());
    remember(what);
    signed.publish(vertx, ADDRESS, NOTED, node.id(), what.toBuffer());
    var name = session.key() + " " + entry;
    var left = Math.max(1, until - node.clock().millis());
    return value == null
        ? everywhere.remove(name).mapEmpty()
        : everywhere.put(name, what.encode(), left);
  }

  /** Later than whatever has been noted anywhere, as far as this node has heard. */
  private long nextStamp() {
    lastStamp = Math.max(lastStamp + 1, node.clock().millis());
    return lastStamp;
  }

  private void hear(Message<Buffer> message) {
    if (signed.isGenuine(message) && NOTED.equals(message.headers().get(Header.OP))) {
      remember(message.body().toJsonObject());
    }
  }

  private void remember(JsonObject told) {
    var key = told.getString("key");
    var stamp = told.getLong("stamp");
    var entry = told.getString("entry");
    lastStamp = Math.max(lastStamp, stamp);
    var value = told.getString("value");
    var note = notes.computeIfAbsent(key, first -> new SessionNote(told.getLong("until")));
    if (note.put(entry, value, stamp) && value != null) {
      tell(key, entry);
    }
  }

  private void tell(String key, String entry) {
    if (entry.equals(SessionNote.ENDED)) {
      onEnded.accept(key);
    } else if (entry.startsWith(SessionNote.WATCHES)) {
      onWatched.accept(key, entry.substring(SessionNote.WATCHES.length()));
    }
  }

  private void sweep() {
    var now = node.clock().millis();
    notes.values().removeIf(note -> note.until() < now);
    notes.values().forEach(note -> note.forgetWhatIsNoMore(now - FORGOTTEN_AFTER_MILLIS));
  }
}
