package io.umbel.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.umbel.gateway.McpServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * What whoever runs a gateway asks it: is it alive, is it ready, what has it counted. No token
 * needed, nothing secret told.
 */
final class Probes {

  private final Vertx vertx;
  private final McpServer server;
  private final Set<String> expected;
  private final MeterRegistry registry;

  Probes(Vertx vertx, McpServer server, Set<String> expected, MeterRegistry registry) {
    this.vertx = vertx;
    this.server = server;
    this.expected = expected;
    this.registry = registry;
  }

  void routeOn(Router router) {
    router.get("/health/live").handler(context -> context.json(status("ok")));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  /** Every provider is told of; only those expected decide. */
  private void ready(RoutingContext context) {
    server
        .providerProbes()
        .probe(expected)
        .onSuccess(dependencies -> {
          if (server.identity().isAsking()) {
            dependencies.put("identity", identity());
          }
          var ready = server.identity().isReady()
              && expected.stream()
                  .allMatch(name -> dependencies.getJsonObject(name).getBoolean("ok"));
          context.response().setStatusCode(ready ? 200 : 503);
          context.json(status(ready ? "ready" : "degraded").put("dependencies", dependencies));
        })
        .onFailure(context::fail);
  }

  private void metrics(RoutingContext context) {
    Future<String> scraped = registry instanceof PrometheusMeterRegistry prometheus
        ? vertx.executeBlocking(prometheus::scrape)
        : Future.succeededFuture("");
    scraped
        .onSuccess(text -> context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
            .end(text))
        .onFailure(context::fail);
  }

  private JsonObject identity() {
    return server.identity().isReady()
        ? JsonObject.of("ok", true)
        : JsonObject.of("ok", false, "error", "no key to check tokens with");
  }

  private static JsonObject status(String status) {
    return new JsonObject().put("status", status);
  }
}
