package io.umbel.gateway.http;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.http.HttpAnswers.Visit;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * The HTTP+SSE transport of revision 2024-11-05: a stream at {@code /sse}, messages to
 * {@code /messages}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">
 *     HTTP with SSE</a>
 */
final class SseEndpoint {

  static final String STREAM = "/sse";
  static final String MESSAGES = "/messages";

  private final McpServer server;
  private final SourceCheck source;
  private final BodyReader bodies;
  private final HttpAnswers answers;
  private final Doorkeeper door;

  SseEndpoint(Vertx vertx, McpServer server, GatewaySettings settings) {
    this.server = server;
    this.source = new SourceCheck(settings.trust());
    this.bodies = new BodyReader(vertx, settings.limits().bodyBytes());
    this.answers = new HttpAnswers(vertx, server);
    this.door = new Doorkeeper(server, bodies);
  }

  void handle(HttpServerRequest request) {
    var visit = answers.visit(request, null);
    try {
      source.check(request);
      var opens = request.path().equals(STREAM);
      if (!request.method().equals(opens ? HttpMethod.GET : HttpMethod.POST)) {
        throw McpException.refused(405, "GET " + STREAM + " first, then POST where it says");
      }
      door.admit(visit, opens ? this::open : this::take);
    } catch (McpException e) {
      visit.refuse(e);
    }
  }

  private void open(Visit visit) {
    if (!visit.events().isOpen()) {
      throw McpException.refused(406, "Accept must allow " + EventStream.TYPE);
    }
    visit.endEventsWithToken();
    server
        .legacy()
        .connections()
        .begin(visit.origin(), visit.events(), MESSAGES)
        .onComplete(gone -> visit.answer(Reply.streamed()));
  }

  private void take(Visit visit) {
    var session = visit.request().getParam("sessionId");
    bodies
        .read(visit.request())
        .compose(body -> server.legacy().connections().take(session, visit.caller(), body))
        .onSuccess(taken -> visit.answer(Reply.accepted()))
        .onFailure(failure -> visit.refuse(
            failure instanceof McpException known
                ? known
                : McpException.internal(visit.correlationId())));
  }
}
