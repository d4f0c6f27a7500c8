package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.call.OpenStreams;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Reply;
import io.umbel.gateway.wire.Revision;
import io.umbel.gateway.wire.ServerFacts;
import io.vertx.core.Future;

/**
 * The era of sessions: revisions 2024-11-05 to 2025-11-25. Everything about it lives in this
 * package; requests leave it as a stateless client would have made them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25">Specification</a>
 */
public final class LegacyEra {

  private final OpenStreams open;
  private final SessionNotes notes;
  private final Sessions sessions;
  private final Handshake handshake;
  private final SessionMethods methods;
  private final Cancels cancels;
  private final Streams streams;
  private final Audience audience;
  private final Visits visits;
  private final OwnStreams ownStreams;
  private final Requests requests;
  private final ClientQuestions questions;
  private final Batches batches;
  private final Connections connections;

  /**
   * What HTTP says beside the body, or what another transport knows instead.
   *
   * @param session {@code Mcp-Session-Id}, or null
   * @param version {@code MCP-Protocol-Version}, or null
   * @param lastEvent {@code Last-Event-ID}, or null
   */
  public record SessionHeaders(String session, String version, String lastEvent) {}

  public LegacyEra(McpDispatcher dispatcher, ServerFacts facts, Surroundings around) {
    this.open = around.open();
    this.notes = new SessionNotes(around.vertx());
    this.sessions = new Sessions(Node.of(around.vertx()), around.life(), notes);
    this.handshake = new Handshake(sessions, facts);
    this.methods = new SessionMethods(notes);
    this.cancels = new Cancels(around.vertx());
    var gateway = Visits.gateway(around.desk());
    this.audience = new Audience(around.vertx(), gateway);
    this.streams = new Streams(around.vertx(), gateway, audience, Streams.KEPT);
    this.visits = new Visits(around.vertx(), around.desk(), streams);
    this.ownStreams = new OwnStreams(streams, visits, audience, around.changes(), notes);
    this.questions = new ClientQuestions(around.vertx(), dispatcher, around.desk());
    this.requests = new Requests(dispatcher, notes, cancels, streams, questions);
    this.batches = new Batches(this, around.rates());
    this.connections = new Connections(this, around);
  }

  /** Begins to hear of what happens to sessions elsewhere. */
  public Future<Void> open() {
    return ownStreams.open().compose(ready -> cancels.open()).compose(ready -> notes.open());
  }

  /** Answers a message. */
  public Future<Reply> answer(Envelope message, SessionHeaders headers, Exchange exchange) {
    try {
      checkVersion(headers.version());
      if (McpMethod.INITIALIZE.text().equals(message.method()) && message.kind() == Kind.REQUEST) {
        return Future.succeededFuture(handshake.initialize(message, exchange.caller()));
      }
      if (isEarlyPing(message, headers)) {
        return Future.succeededFuture(SessionMethods.done(message));
      }
      var session = sessions.find(headers.session(), exchange.caller());
      return message.kind() == Kind.REQUEST
          ? request(message, session, exchange)
          : Future.succeededFuture(take(message, session));
    } catch (McpException e) {
      return Future.succeededFuture(Reply.error(message.id(), e, status(e)));
    }
  }

  /** Answers an array of messages, where the session's revision knows such a thing. */
  public Future<Reply> answerBatch(byte[] body, SessionHeaders headers, Exchange exchange) {
    return batches.answer(body, headers, exchange);
  }

  /** The transport of revision 2024-11-05. */
  public Connections connections() {
    return connections;
  }

  /** Tells a session of what changes, there, until the task that is returned is run. */
  Runnable watch(String sessionId, Caller caller, EventSink sink) {
    return ownStreams.watch(sessions.find(sessionId, caller), caller, sink);
  }

  /**
   * How many streams of sessions are not over, as they are known to whoever has to do with them.
   */
  public int streams() {
    return Math.max(streams.size(), Math.max(visits.size(), audience.size()));
  }

  /** How many rounds of questions wait for their answers. */
  public int questions() {
    return questions.size();
  }

  /**
   * Gives a session a stream of its own, or the rest of one it was cut off from: HTTP GET. Fails
   * with {@link McpException} where there is no such session or stream.
   */
  public Future<Reply> listen(SessionHeaders headers, Exchange exchange) {
    try {
      checkVersion(headers.version());
      var session = sessions.find(headers.session(), exchange.caller());
      var seat = open.take(exchange.caller());
      var over = headers.lastEvent() == null
          ? ownStreams.open(session, exchange.caller(), exchange.sink())
          : ownStreams.resume(session, headers.lastEvent(), exchange.sink());
      return over.onComplete(gone -> seat.run()).map(gone -> Reply.streamed());
    } catch (McpException e) {
      return Future.failedFuture(e);
    }
  }

  /** Ends a session: HTTP DELETE. Fails with {@link McpException} where there is none. */
  public Future<Void> end(SessionHeaders headers, Exchange exchange) {
    try {
      return sessions.end(sessions.find(headers.session(), exchange.caller()));
    } catch (McpException e) {
      return Future.failedFuture(e);
    }
  }

  /** The revision agreed on in that session. */
  Revision revision(SessionHeaders headers, Exchange exchange) {
    return sessions.find(headers.session(), exchange.caller()).revision();
  }

  private Future<Reply> request(Envelope message, Session session, Exchange exchange) {
    var method = McpMethod.of(message.method(), Revision.NEWEST_WITH_SESSIONS)
        .orElseThrow(() -> McpException.methodNotFound(message.method()));
    return methods
        .answer(method, message, session)
        .orElseGet(() -> requests.answer(method, message, session, exchange));
  }

  /** Answers to what was asked go to who asked; other notifications are only taken note of. */
  private Reply take(Envelope message, Session session) {
    var requestId = message.params().facts().requestId();
    if (message.kind() == Kind.RESPONSE && message.id() != null) {
      questions.take(message, session);
    } else if ("notifications/cancelled".equals(message.method()) && requestId != null) {
      cancels.cancel(session, requestId);
    }
    return Reply.accepted();
  }

  /** A ping may come before there is a session. */
  private static boolean isEarlyPing(Envelope message, SessionHeaders headers) {
    return headers.session() == null
        && message.kind() == Kind.REQUEST
        && McpMethod.PING.text().equals(message.method());
  }

  private static void checkVersion(String header) {
    if (header != null
        && Revision.of(header).filter(known -> !known.isStateless()).isEmpty()) {
      throw McpException.invalidRequest(
          "MCP-Protocol-Version " + header + " is not one of " + Revision.newestFirst());
    }
  }

  /** In this era an unknown method is an answer like any other. */
  private static int status(McpException e) {
    return e.code() == -32601 ? 200 : e.status();
  }
}
