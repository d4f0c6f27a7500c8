package io.umbel.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.audit.Audit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/**
 * What whoever runs a gateway asks it: is it alive, is it ready, what has it counted. No token
 * needed, nothing secret told.
 */
final class Probes {

  private final Vertx vertx;
  private final McpServer server;
  private final MeterRegistry registry;
  private final BooleanSupplier leaving;

  Probes(Vertx vertx, McpServer server, MeterRegistry registry, BooleanSupplier leaving) {
    this.vertx = vertx;
    this.server = server;
    this.registry = registry;
    this.leaving = leaving;
  }

  void routeOn(Router router) {
    router.get("/health/live").handler(context -> context.json(status("ok")));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  /**
   * Everything is told of; only what is needed decides. Without the database this gateway still
   * does most of its work, and so do all others that share it: it is degraded, but ready.
   */
  private void ready(RoutingContext context) {
    if (leaving.getAsBoolean()) {
      context.response().setStatusCode(503);
      context.json(status("leaving"));
      return;
    }
    var all = server.dependencies();
    all.probe()
        .onSuccess(dependencies -> {
          var ready = all.needed().stream()
              .allMatch(name -> dependencies.getJsonObject(name).getBoolean("ok"));
          context.response().setStatusCode(ready ? 200 : 503);
          var whole = ready && isThere(dependencies.getJsonObject(Audit.POSTGRES));
          context.json(status(whole ? "ready" : "degraded").put("dependencies", dependencies));
        })
        .onFailure(context::fail);
  }

  private static boolean isThere(JsonObject probed) {
    return probed == null || probed.getBoolean("ok");
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
