package io.umbel.gateway.legacy;

import io.umbel.contract.LogLevel;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The requests that are about the session itself: ping, log level, watched resources. */
final class SessionMethods {

  private static final Buffer EMPTY = Buffer.buffer("{}");
  private static final int MOST_URIS = 1_000;

  private final SessionNotes notes;

  SessionMethods(SessionNotes notes) {
    this.notes = notes;
  }

  /** The reply, or nothing where the method is not one of these. */
  Optional<Future<Reply>> answer(McpMethod method, Envelope message, Session session) {
    return switch (method) {
      case PING -> Optional.of(Future.succeededFuture(done(message)));
      case LOGGING_SET_LEVEL -> Optional.of(noted(message, session, withLevel(message, session)));
      case RESOURCES_SUBSCRIBE -> Optional.of(noted(message, session, watching(message, session)));
      case RESOURCES_UNSUBSCRIBE ->
        Optional.of(noted(message, session, notWatching(message, session)));
      default -> Optional.empty();
    };
  }

  private Future<Reply> noted(Envelope message, Session session, SessionNotes.Note note) {
    return notes.put(session, note).map(put -> done(message));
  }

  private SessionNotes.Note withLevel(Envelope message, Session session) {
    var level = params(message).getValue("level");
    if (LogLevel.of(String.valueOf(level)) == null) {
      throw McpException.invalidParams("\"level\" must be one of the eight syslog levels");
    }
    var note = notes.of(session);
    return new SessionNotes.Note(note.until(), note.ended(), (String) level, note.uris());
  }

  private SessionNotes.Note watching(Envelope message, Session session) {
    var uris = without(message, session).add(uri(message));
    if (uris.size() > MOST_URIS) {
      throw McpException.invalidParams("a session watches at most " + MOST_URIS + " resources");
    }
    return withUris(session, uris);
  }

  private SessionNotes.Note notWatching(Envelope message, Session session) {
    return withUris(session, without(message, session));
  }

  private SessionNotes.Note withUris(Session session, JsonArray uris) {
    var note = notes.of(session);
    return new SessionNotes.Note(note.until(), note.ended(), note.level(), uris);
  }

  private JsonArray without(Envelope message, Session session) {
    var uris = notes.of(session).uris().copy();
    uris.remove(uri(message));
    return uris;
  }

  private static String uri(Envelope message) {
    var uri = message.params().facts().uri();
    if (uri == null) {
      throw McpException.invalidParams("\"uri\" must be the URI of a resource");
    }
    return uri;
  }

  private static JsonObject params(Envelope message) {
    var json = message.params().json();
    return json == null ? new JsonObject() : json.toJsonObject();
  }

  static Reply done(Envelope message) {
    return Reply.result(message.id(), EMPTY);
  }
}
