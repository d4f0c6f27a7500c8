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

/**
 * What whoever runs a gateway asks it: is it alive, is it ready, what has it counted. No token
 * needed, nothing secret told.
 */
final class Probes {

  private final Vertx vertx;
  private final McpServer server;
  private final MeterRegistry registry;

  Probes(Vertx vertx, McpServer server, MeterRegistry registry) {
    this.vertx = vertx;
    this.server = server;
    this.registry = registry;
  }

  void routeOn(Router router) {
    router.get("/health/live").handler(context -> context.json(status("ok")));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  /** Everything is told of; only what is needed decides. */
  private void ready(RoutingContext context) {
    server
        .probe()
        .onSuccess(dependencies -> {
          var ready = server.needed().stream()
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

  private static JsonObject status(String status) {
    return new JsonObject().put("status", status);
  }
}
