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
 * {@code /messages}; of one upstream server at {@code /sse/servers/{namespace}}.
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

  /**
   * Answers.
   *
   * @param namespace of the upstream server that it is to, or null for all there is
   */
  void handle(HttpServerRequest request, String namespace) {
    var visit = answers.visit(request, namespace);
    try {
      source.check(request);
      var opens = request.path().startsWith(STREAM);
      if (!request.method().equals(opens ? HttpMethod.GET : HttpMethod.POST)) {
        throw McpException.refused(405, "GET " + STREAM + " first, then POST where it says");
      }
      var messages = namespace == null ? MESSAGES : ServerPath.of(MESSAGES, namespace);
      door.admit(visit, opens ? known -> open(known, messages) : this::take);
    } catch (McpException e) {
      visit.refuse(e);
    }
  }

  private void open(Visit visit, String messages) {
    if (!visit.events().isOpen()) {
      throw McpException.refused(406, "Accept must allow " + EventStream.TYPE);
    }
    server
        .reach(visit.caller())
        .compose(there -> {
          visit.endEventsWithToken();
          return server.legacy().connections().begin(visit.origin(), visit.events(), messages);
        })
        .onSuccess(gone -> visit.answer(Reply.streamed()))
        .onFailure(why -> refuse(visit, why));
  }

  private void take(Visit visit) {
    var session = visit.request().getParam("sessionId");
    bodies
        .read(visit.request())
        .compose(body -> server.reach(visit.caller()).map(body))
        .compose(body -> server.legacy().connections().take(session, visit.caller(), body))
        .onSuccess(taken -> visit.answer(Reply.accepted()))
        .onFailure(why -> refuse(visit, why));
  }

  private static void refuse(Visit visit, Throwable why) {
    visit.refuse(
        why instanceof McpException known ? known : McpException.internal(visit.correlationId()));
  }
}
