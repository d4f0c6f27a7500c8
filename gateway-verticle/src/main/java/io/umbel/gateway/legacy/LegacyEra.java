package io.umbel.gateway.legacy;

import io.umbel.contract.Outcome;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Outcomes;
import io.umbel.gateway.wire.Reply;
import io.umbel.gateway.wire.Revision;
import io.umbel.gateway.wire.ServerFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * The era of sessions: revisions 2024-11-05 to 2025-11-25. Everything about it lives in this
 * package; requests leave it as a stateless client would have made them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25">Specification</a>
 */
public final class LegacyEra {

  private static final Buffer EMPTY = Buffer.buffer("{}");

  private final McpDispatcher dispatcher;
  private final Handshake handshake;
  private final Sessions sessions;
  private final LegacyRelay relay;

  /**
   * What HTTP says beside the body, or what another transport knows instead.
   *
   * @param session {@code Mcp-Session-Id}, or null
   * @param version {@code MCP-Protocol-Version}, or null
   */
  public record SessionHeaders(String session, String version) {}

  public LegacyEra(Vertx vertx, McpDispatcher dispatcher, ServerFacts facts, Duration life) {
    this.dispatcher = dispatcher;
    this.sessions = new Sessions(vertx, life);
    this.handshake = new Handshake(sessions, facts);
    this.relay = new LegacyRelay(vertx, sessions);
  }

  /** Begins to hear of sessions that end and requests that are cancelled elsewhere. */
  public Future<Void> open() {
    return relay.open().compose(ready -> sessions.open());
  }

  /** Answers a message. */
  public Future<Reply> answer(Envelope message, SessionHeaders headers, Exchange exchange) {
    try {
      checkVersion(headers.version());
      if (McpMethod.INITIALIZE.text().equals(message.method()) && message.kind() == Kind.REQUEST) {
        return Future.succeededFuture(handshake.initialize(message, exchange.caller()));
      }
      if (isEarlyPing(message, headers)) {
        return Future.succeededFuture(Reply.result(message.id(), EMPTY));
      }
      var session = sessions.find(headers.session(), exchange.caller());
      return message.kind() == Kind.REQUEST
          ? request(message, session, exchange)
          : Future.succeededFuture(take(message, session));
    } catch (McpException e) {
      return Future.succeededFuture(Reply.error(message.id(), e, status(e)));
    }
  }

  /** Ends a session: HTTP DELETE. Fails with {@link McpException} where there is none. */
  public Future<Void> end(SessionHeaders headers, Exchange exchange) {
    try {
      var session = sessions.find(headers.session(), exchange.caller());
      relay.tellEnded(session);
      return sessions.end(session);
    } catch (McpException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Reply> request(Envelope message, Session session, Exchange exchange) {
    var method = McpMethod.of(message.method(), Revision.NEWEST_WITH_SESSIONS)
        .orElseThrow(() -> McpException.methodNotFound(message.method()));
    if (method == McpMethod.PING) {
      return Future.succeededFuture(Reply.result(message.id(), EMPTY));
    }
    var params = LegacyParams.asStateless(message.params(), session);
    var request = new McpRequest(method, message, params, exchange);
    relay.holds(session, message.id(), exchange.cancellation());
    return dispatcher
        .dispatch(request)
        .compose(outcome -> Outcomes.result(outcome, request))
        .map(result -> Reply.result(message.id(), withMeta(result)))
        .otherwise(failure -> Reply.error(message.id(), Outcomes.asMcp(failure, request), 200))
        .onComplete(done -> relay.done(session, message.id(), exchange.cancellation()));
  }

  /** Notifications, and responses to what was never asked, are only taken note of. */
  private Reply take(Envelope message, Session session) {
    var requestId = message.params().facts().requestId();
    if ("notifications/cancelled".equals(message.method()) && requestId != null) {
      relay.cancel(session, requestId);
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

  private static Buffer withMeta(Outcome.Result result) {
    if (result.meta() == null) {
      return result.json();
    }
    var json = result.json();
    var whole = Buffer.buffer("{\"_meta\":").appendString(result.meta());
    return json.length() > 2
        ? whole.appendString(",").appendBuffer(json, 1, json.length() - 1)
        : whole.appendString("}");
  }
}
