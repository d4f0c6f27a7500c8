package io.umbel.gateway.legacy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What is to be remembered of a session that its id does not say: that it has ended, the log level
 * it set, the resources it watches. Few sessions have a note. Every node hears of each at once and
 * keeps it until the session expires; a node that starts later reads them from the cluster.
 */
final class SessionNotes {

  private static final String ADDRESS = "umbel.sessions";
  private static final String NOTED = "noted";
  private static final long SWEEP_MILLIS = 60_000;

  private final Vertx vertx;
  private final Node node;
  private final SignedMessage signed;
  private final Map<String, Note> notes = new HashMap<>();
  private AsyncMap<String, String> everywhere;

  /**
   * A note.
   *
   * @param until when the session expires, in milliseconds since 1970
   * @param ended whether it has ended
   * @param level the log level it set, or null
   * @param uris the resources it watches
   */
  record Note(long until, boolean ended, String level, JsonArray uris) {
    JsonObject toJson() {
      return new JsonObject()
          .put("until", until)
          .put("ended", ended)
          .put("level", level)
          .put("uris", uris);
    }

    static Note of(JsonObject json) {
      return new Note(
          json.getLong("until"),
          json.getBoolean("ended"),
          json.getString("level"),
          json.getJsonArray("uris"));
    }
  }

  SessionNotes(Vertx vertx) {
    this.vertx = vertx;
    this.node = Node.of(vertx);
    this.signed = new SignedMessage(node);
  }

  /** Learns what has been noted so far. */
  Future<Void> open() {
    vertx.setPeriodic(SWEEP_MILLIS, tick -> notes.values().removeIf(this::isOver));
    MessageConsumer<Buffer> told = vertx.eventBus().consumer(ADDRESS, this::hear);
    return told.completion()
        .compose(ready -> vertx.sharedData().<String, String>getAsyncMap(ADDRESS))
        .onSuccess(map -> everywhere = map)
        .compose(AsyncMap::entries)
        .onSuccess(all -> all.forEach((key, note) -> remember(key, new JsonObject(note))))
        .mapEmpty();
  }

  /** The note on that session; an empty one where there is none. */
  Note of(Session session) {
    var note = notes.get(session.key());
    return note == null ? new Note(session.expiresAt(), false, null, new JsonArray()) : note;
  }

  /** Notes something, here and everywhere. */
  Future<Void> put(Session session, Note note) {
    notes.put(session.key(), note);
    var what = note.toJson();
    signed.publish(
        vertx, ADDRESS, NOTED, node.id(), what.copy().put("key", session.key()).toBuffer());
    var left = Math.max(1, note.until() - node.clock().millis());
    return everywhere.put(session.key(), what.encode(), left);
  }

  private void hear(Message<Buffer> message) {
    if (signed.isGenuine(message) && NOTED.equals(message.headers().get(Header.OP))) {
      var told = message.body().toJsonObject();
      remember(told.getString("key"), told);
    }
  }

  private void remember(String key, JsonObject note) {
    notes.put(key, Note.of(note));
  }

  private boolean isOver(Note note) {
    return note.until() < node.clock().millis();
  }
}
