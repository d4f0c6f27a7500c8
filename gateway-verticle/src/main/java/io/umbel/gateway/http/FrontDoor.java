package io.umbel.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.CorrelationId;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.identity.ProtectedResource;
import io.umbel.gateway.rest.RestGate;
import io.umbel.gateway.rest.RestRoom;
import io.umbel.gateway.rest.WebhookDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server: the MCP endpoint under its three spellings and those of upstream servers,
 * without a router since that is the hot path, and everything else through one.
 */
public final class FrontDoor {

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_GRACE_SECONDS = 30;
  private static final long FINISH_SECONDS = 10;

  private final Vertx vertx;
  private final GatewaySettings settings;
  private final McpHttpEndpoint endpoint;
  private final SseEndpoint sse;
  private final Set<String> paths;
  private final Set<String> ssePaths = Set.of(SseEndpoint.STREAM, SseEndpoint.MESSAGES);
  private final ServerPath servers;
  private final List<ServerPath> sseServers =
      List.of(new ServerPath(SseEndpoint.STREAM), new ServerPath(SseEndpoint.MESSAGES));
  private final Router router;
  private final Farewell farewell = new Farewell();
  private final ProtectedResource resource;
  private final McpServer server;
  private HttpServer http;

  public FrontDoor(
      Vertx vertx, GatewaySettings settings, McpServer server, MeterRegistry registry) {
    this.vertx = vertx;
    this.settings = settings;
    this.server = server;
    this.endpoint = new McpHttpEndpoint(vertx, server, settings);
    this.sse = new SseEndpoint(vertx, server, settings);
    var path = settings.listening().path();
    this.paths = Set.of(path, path + "/", path + "/v1");
    this.servers = new ServerPath(path);
    this.router = Router.router(vertx);
    this.resource = server.resource();
    new Probes(vertx, server, registry, farewell::isBegun).routeOn(router);
    if (server.identity().isAsking()) {
      new ResourceMetadata(resource).routeOn(router);
    }
  }

  /** Serves that, too. */
  public void serve(RestRoom rest) {
    var source = new SourceCheck(settings.trust());
    var bodies = new BodyReader(vertx, RestGate.BODY_BYTES);
    var trackers = new Deliveries(server, source);
    var deliveries = new BodyReader(vertx, WebhookDoor.BODY_BYTES);
    new WebhookDoor(
            new WebhookDoor.Guard(trackers::admit, deliveries::read, trackers::refused),
            server.requests())
        .routeOn(router);
    rest.open(
            new RestGate(
                source::check,
                bodies::read,
                new RestClients(server)::identify,
                resource::completed),
            Node.of(vertx))
        .routeOn(router);
  }

  /** Begins to listen; fails with {@link java.net.BindException} where the port is taken. */
  public Future<Integer> open() {
    http = vertx
        .createHttpServer(options())
        .connectionHandler(farewell::watch)
        .requestHandler(this::handle);
    return http.listen(settings.listening().port(), settings.listening().host())
        .map(HttpServer::actualPort)
        .onSuccess(resource::listeningOn);
  }

  /** Goes on serving for a moment, and has clients take other connections, best elsewhere. */
  public Future<Void> leave() {
    return farewell.begin(vertx);
  }

  /** Takes no new connection and lets requests that are here be answered. */
  public Future<Void> close() {
    return http == null
        ? Future.succeededFuture()
        : http.shutdown(FINISH_SECONDS, TimeUnit.SECONDS);
  }

  private void handle(HttpServerRequest request) {
    farewell.tell(request);
    if (paths.contains(request.path())) {
      endpoint.handle(request, null);
    } else if (ssePaths.contains(request.path())) {
      sse.handle(request, null);
    } else {
      handleOthers(request, servers.namespace(request.path()));
    }
  }

  private void handleOthers(HttpServerRequest request, String server) {
    if (server != null) {
      endpoint.handle(request, server);
      return;
    }
    for (var path : sseServers) {
      var namespace = path.namespace(request.path());
      if (namespace != null) {
        sse.handle(request, namespace);
        return;
      }
    }
    var id = CorrelationId.from(request.headers().get(HttpAnswers.CORRELATION));
    request.response().putHeader(HttpAnswers.CORRELATION, id);
    router.handle(request);
  }

  private HttpServerOptions options() {
    var idle = (int) settings.limits().callTimeout().toSeconds() + IDLE_GRACE_SECONDS;
    return new HttpServerOptions()
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setTracingPolicy(TracingPolicy.IGNORE) // a message is a span, not its POST
        .setIdleTimeout(idle)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false) // the JDK's client loses answers when it is upgraded
        .setPerFrameWebSocketCompressionSupported(false) // there are no WebSockets: no handlers
        .setPerMessageWebSocketCompressionSupported(false);
  }
}
