package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Reply;
import io.umbel.gateway.wire.Revision;
import io.umbel.gateway.wire.ServerFacts;
import io.vertx.core.json.JsonObject;

/** {@code initialize}: agrees on a revision and begins a session. */
final class Handshake {

  private final Sessions sessions;
  private final ServerFacts facts;

  Handshake(Sessions sessions, ServerFacts facts) {
    this.sessions = sessions;
    this.facts = facts;
  }

  /**
   * The answer with the new session's id.
   *
   * @throws McpException if the params are not those of an initialize
   */
  Reply initialize(Envelope message, Caller caller) {
    var agreement = agree(message);
    var result = new JsonObject()
        .put("protocolVersion", agreement.revision().text())
        .put("capabilities", facts.capabilities())
        .put("serverInfo", facts.info())
        .put("instructions", facts.instructionsFor(caller));
    return Reply.result(message.id(), result.toBuffer())
        .beginning(sessions.begin(caller, agreement));
  }

  private static Session.Agreement agree(Envelope message) {
    var json = message.params().json();
    var params = json == null ? new JsonObject() : json.toJsonObject();
    if (!(params.getValue("protocolVersion") instanceof String requested)) {
      throw McpException.invalidParams("\"protocolVersion\" must be a string");
    }
    if (!(params.getValue("capabilities") instanceof JsonObject capabilities)) {
      throw McpException.invalidParams("\"capabilities\" must be an object");
    }
    var info = params.getValue("clientInfo") instanceof JsonObject given ? given : null;
    return new Session.Agreement(revision(requested), capabilities, info);
  }

  /** The revision asked for, or the newest with sessions where that is not spoken. */
  private static Revision revision(String requested) {
    return Revision.of(requested)
        .filter(known -> !known.isStateless())
        .orElse(Revision.NEWEST_WITH_SESSIONS);
  }
}
