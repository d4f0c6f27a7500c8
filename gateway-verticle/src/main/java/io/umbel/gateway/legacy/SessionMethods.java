package io.umbel.gateway.legacy;

import io.umbel.contract.LogLevel;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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
      case LOGGING_SET_LEVEL ->
        Optional.of(noted(message, notes.setLevel(session, level(message))));
      case RESOURCES_SUBSCRIBE -> Optional.of(noted(message, watch(message, session)));
      case RESOURCES_UNSUBSCRIBE ->
        Optional.of(noted(message, notes.watchNoLonger(session, uri(message))));
      default -> Optional.empty();
    };
  }

  private static Future<Reply> noted(Envelope message, Future<Void> put) {
    return put.map(done -> done(message));
  }

  private static String level(Envelope message) {
    var level = String.valueOf(params(message).getValue("level"));
    if (LogLevel.of(level) == null) {
      throw McpException.invalidParams("\"level\" must be one of the eight syslog levels");
    }
    return level;
  }

  private Future<Void> watch(Envelope message, Session session) {
    var uri = uri(message);
    var note = notes.of(session);
    if (!note.watches(uri) && note.resources().size() >= MOST_URIS) {
      throw McpException.invalidParams("a session watches at most " + MOST_URIS + " resources");
    }
    return notes.watch(session, uri);
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
