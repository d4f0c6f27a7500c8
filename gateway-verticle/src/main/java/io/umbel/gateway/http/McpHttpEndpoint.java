package io.umbel.gateway.http;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.http.HttpAnswers.Visit;
import io.umbel.gateway.legacy.LegacyEra.SessionHeaders;
import io.umbel.gateway.modern.MirroredHeaders;
import io.umbel.gateway.wire.BatchReader;
import io.umbel.gateway.wire.Cancellation;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Streamable HTTP endpoint: one message a POST, of either era. */
final class McpHttpEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(McpHttpEndpoint.class);
  private static final CharSequence VERSION = HttpHeaders.createOptimized("MCP-Protocol-Version");
  private static final CharSequence METHOD = HttpHeaders.createOptimized("Mcp-Method");
  private static final CharSequence LAST_EVENT = HttpHeaders.createOptimized("Last-Event-ID");
  private static final CharSequence NAME = HttpHeaders.createOptimized("Mcp-Name");

  private final McpServer server;
  private final SourceCheck source;
  private final BodyReader bodies;
  private final HttpAnswers answers;
  private final Doorkeeper door;

  McpHttpEndpoint(Vertx vertx, McpServer server, GatewaySettings settings) {
    this.server = server;
    this.source = new SourceCheck(settings.trust());
    this.bodies = new BodyReader(vertx, settings.limits().bodyBytes());
    this.answers = new HttpAnswers(vertx, server);
    this.door = new Doorkeeper(server, bodies);
  }

  /**
   * Answers a request.
   *
   * @param namespace of the upstream server that it is to, or null for all there is
   */
  void handle(HttpServerRequest request, String namespace) {
    var visit = answers.visit(request, namespace);
    try {
      source.check(request);
      if (HttpMethod.POST.equals(request.method())) {
        door.admit(visit, this::post);
      } else if (HttpMethod.GET.equals(request.method())) {
        door.admit(visit, this::listen);
      } else if (HttpMethod.DELETE.equals(request.method())) {
        door.admit(visit, this::delete);
      } else if (SourceCheck.isPreflight(request)) {
        SourceCheck.answerPreflight(request);
      } else {
        notAllowed(visit);
      }
    } catch (McpException e) {
      visit.refuse(e);
    }
  }

  private void post(Visit visit) {
    checkTypes(visit.request());
    bodies
        .read(visit.request())
        .compose(body -> answer(body, visit))
        .onSuccess(visit::answer)
        .onFailure(failure -> failed(visit, failure));
  }

  private Future<Reply> answer(byte[] body, Visit visit) {
    if (BatchReader.isBatch(body)) {
      return server.legacy().answerBatch(body, sessionHeaders(visit), exchange(visit));
    }
    try {
      var message = EnvelopeReader.read(body);
      visit.asks(message.method(), message.params().facts().name());
      if (McpMethod.SUBSCRIPTIONS_LISTEN.text().equals(message.method())) {
        visit.endEventsWithToken();
      }
      var exchange = exchange(visit);
      return server
          .reception()
          .receive(
              message,
              exchange,
              () -> server
                  .reach(exchange.caller())
                  .compose(
                      there -> route(message, visit, exchange), why -> noServer(message, why)));
    } catch (EnvelopeReader.Unreadable e) {
      return Future.succeededFuture(Reply.error(e.id(), e.answer()));
    }
  }

  private static Future<Reply> noServer(Envelope message, Throwable why) {
    return why instanceof McpException known
        ? Future.succeededFuture(Reply.error(message.id(), known))
        : Future.failedFuture(why);
  }

  private Future<Reply> route(Envelope message, Visit visit, Exchange exchange) {
    var headers = visit.request().headers();
    var version = headers.get(VERSION);
    if (server.isModern(message, version)) {
      cancelWhenClosed(visit, exchange.cancellation());
      var mirrored =
          new MirroredHeaders(version, headers.get(METHOD), headers.get(NAME), headers::get);
      return server.modern().answer(message, mirrored, exchange);
    }
    return server.legacy().answer(message, sessionHeaders(visit), exchange);
  }

  /** In the stateless era closing the response is how a client cancels; in the other it is not. */
  private static void cancelWhenClosed(Visit visit, Cancellation cancellation) {
    visit.events().closed().onComplete(closed -> cancellation.cancel());
  }

  private void listen(Visit visit) {
    if (!EventStream.isWanted(visit.request())) {
      throw McpException.refused(
          406, "GET opens an event stream: Accept must allow " + EventStream.TYPE);
    }
    visit.endEventsWithToken();
    server
        .legacy()
        .listen(sessionHeaders(visit), exchange(visit))
        .onSuccess(visit::answer)
        .onFailure(failure -> failed(visit, failure));
  }

  private void delete(Visit visit) {
    server
        .legacy()
        .end(sessionHeaders(visit), exchange(visit))
        .onSuccess(ended -> visit.answer(new Reply(null, 200, null)))
        .onFailure(failure -> failed(visit, failure));
  }

  private static void notAllowed(Visit visit) {
    visit.request().response().putHeader(HttpHeaders.ALLOW, "POST, GET, DELETE");
    visit.refuse(McpException.refused(405, "Send MCP messages by POST"));
  }

  private static void failed(Visit visit, Throwable failure) {
    if (failure instanceof McpException known) {
      visit.refuse(known);
      return;
    }
    if (visit.request().response().closed()) {
      return; // the client is gone: nothing is wrong here, and nobody reads an answer
    }
    LOG.atError()
        .addKeyValue("correlation_id", visit.correlationId())
        .setCause(failure)
        .log("A request could not be answered");
    visit.answer(Reply.error(null, McpException.internal(visit.correlationId()), 500));
  }

  private static Exchange exchange(Visit visit) {
    return Exchange.of(visit.origin(), visit.events());
  }

  private static SessionHeaders sessionHeaders(Visit visit) {
    var headers = visit.request().headers();
    return new SessionHeaders(
        headers.get(HttpAnswers.SESSION), headers.get(VERSION), headers.get(LAST_EVENT));
  }

  private static void checkTypes(HttpServerRequest request) {
    var headers = request.headers();
    if (!mediaType(headers.get(HttpHeaders.CONTENT_TYPE)).equals("application/json")) {
      throw McpException.refused(415, "Content-Type must be application/json");
    }
    var accept = String.join(",", headers.getAll(HttpHeaders.ACCEPT)).toLowerCase(Locale.ROOT);
    if (headers.contains(HttpHeaders.ACCEPT)
        && !accept.contains("application/json")
        && !accept.contains("application/*")
        && !accept.contains("*/*")) {
      throw McpException.refused(406, "Accept must allow application/json");
    }
  }

  /** Without its parameters: JSON is UTF-8, whatever they say. */
  private static String mediaType(String header) {
    var type = header == null ? "" : header;
    var end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
