package io.umbel.gateway.http;

import io.umbel.contract.Caller;
import io.umbel.contract.CorrelationId;
import io.umbel.contract.Node;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.call.GatewayMetrics;
import io.umbel.gateway.identity.Identified;
import io.umbel.gateway.identity.ProtectedResource;
import io.umbel.gateway.limits.ClientAddress;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes every answer of the MCP endpoint, counts it and logs it. */
final class HttpAnswers {

  static final CharSequence CORRELATION = HttpHeaders.createOptimized("X-Correlation-Id");
  static final CharSequence SESSION = HttpHeaders.createOptimized("Mcp-Session-Id");
  static final CharSequence FORWARDED = HttpHeaders.createOptimized("X-Forwarded-For");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  /** The operator turns these lines off by this logger's level. */
  private static final Logger LOG = LoggerFactory.getLogger("io.umbel.gateway.request");

  private final Vertx vertx;
  private final GatewayMetrics metrics;
  private final ProtectedResource resource;
  private final Clock clock;
  private final ClientAddress addresses;

  HttpAnswers(Vertx vertx, McpServer server) {
    this.vertx = vertx;
    this.metrics = server.metrics();
    this.resource = server.resource();
    this.clock = Node.of(vertx).clock();
    this.addresses = server.addresses();
  }

  /** A request on its way through, from its arrival to its answer. */
  final class Visit {
    private final HttpServerRequest request;
    private final String namespace;
    private final String correlationId;
    private final long arrived = System.nanoTime();
    private String mcpMethod;
    private String tool;
    private EventStream events;
    private Identified who;

    private Visit(HttpServerRequest request, String namespace) {
      this.request = request;
      this.namespace = namespace;
      this.correlationId = CorrelationId.from(request.headers().get(CORRELATION));
    }

    HttpServerRequest request() {
      return request;
    }

    String correlationId() {
      return correlationId;
    }

    /** Notes whose it is. */
    void by(Identified client) {
      who = client.toServer(namespace);
    }

    /** Whose it is. */
    Caller caller() {
      return who.caller();
    }

    /** Its stream of events ends when the client's token does. */
    void endEventsWithToken() {
      events().endAfter(who.expiresAt() - clock.millis());
    }

    /** The network address that it comes from. */
    String address() {
      var peer = String.valueOf(request.remoteAddress().hostAddress());
      return addresses.of(peer, request.headers().getAll(FORWARDED));
    }

    /** Who asks, and from where. */
    Origin origin() {
      return new Origin(caller(), address(), correlationId, request.headers()::get);
    }

    /** Notes what the client asked for and logs that it did. */
    void asks(String method, String name) {
      mcpMethod = method;
      tool = name == null ? null : caller().reach().listed(name);
      if (LOG.isInfoEnabled()) {
        line().log("request");
      }
    }

    /** Where messages go before the answer; made when first asked for. */
    EventStream events() {
      events = events == null ? new EventStream(vertx, request, correlationId) : events;
      return events;
    }

    void answer(Reply reply) {
      if (reply.isStreamed()) {
        note(200);
      } else if (events != null && events.hasBegun()) {
        events.send(EventSink.Event.of(reply.message()));
        events.end();
        note(200);
      } else {
        answerPlainly(reply);
      }
    }

    private void answerPlainly(Reply reply) {
      var response = request.response();
      if (response.ended() || response.closed()) {
        return;
      }
      response.setStatusCode(reply.status()).putHeader(CORRELATION, correlationId);
      reply.headers().forEach((name, value) -> response.putHeader(name, header(name, value)));
      if (reply.session() != null) {
        response.putHeader(SESSION, reply.session());
      }
      if (reply.message() == null) {
        response.end();
      } else {
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(reply.message());
      }
      note(reply.status());
    }

    /** An answer to something that was no message, or came the wrong way. */
    void refuse(McpException why) {
      var goesOn = why.status() == 413 && !request.isEnded();
      if (goesOn) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
      answer(Reply.error(null, why));
    }

    private void note(int status) {
      var nanos = System.nanoTime() - arrived;
      metrics.request(request.method().name(), status, nanos);
      if (LOG.isInfoEnabled()) {
        line()
            .addKeyValue("status", status)
            .addKeyValue("duration_ms", Math.round(nanos / 1e4) / 1e2)
            .log("response");
      }
    }

    private LoggingEventBuilder line() {
      var line = LOG.atInfo().addKeyValue("correlation_id", correlationId);
      if (who != null) {
        line = line.addKeyValue("subject", who.caller().subject())
            .addKeyValue("account_id", who.caller().account());
      }
      if (who != null && who.fingerprint() != null) {
        line = line.addKeyValue("token_fingerprint", who.fingerprint());
      }
      if (mcpMethod != null) {
        line = line.addKeyValue("method", mcpMethod);
      }
      return tool == null ? line : line.addKeyValue("tool", tool);
    }
  }

  private String header(String name, String value) {
    return McpException.CHALLENGE.equals(name) ? resource.completed(value) : value;
  }

  /**
   * A request has arrived.
   *
   * @param namespace of the upstream server that it is to, or null for all there is
   */
  Visit visit(HttpServerRequest request, String namespace) {
    return new Visit(request, namespace);
  }
}
