package io.umbel.launcher.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;

/**
 * A Vert.x and what it counts with. The gateway counts requests and calls itself, so of what Vert.x
 * could count only pools are left on.
 */
public record Engine(Vertx vertx, PrometheusMeterRegistry registry) {

  /** What Vert.x calls the clients of databases. */
  private static final String SQL = "sql";

  /**
   * One that is in no cluster.
   *
   * @param loops how many event loops it has
   * @param tracing what makes its spans
   */
  public static Engine alone(int loops, VertxTracerFactory tracing) {
    var registry = counting();
    return new Engine(builder(options(loops), registry, tracing).build(), registry);
  }

  /** One whose event bus spans a cluster. */
  public static Future<Engine> clustered(
      ClusterManager cluster, EventBusOptions bus, int loops, VertxTracerFactory tracing) {
    var registry = counting();
    return builder(options(loops).setEventBusOptions(bus), registry, tracing)
        .withClusterManager(cluster)
        .buildClustered()
        .map(vertx -> new Engine(vertx, registry));
  }

  private static PrometheusMeterRegistry counting() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  private static VertxBuilder builder(
      VertxOptions options, PrometheusMeterRegistry registry, VertxTracerFactory tracing) {
    return Vertx.builder()
        .with(options)
        .withMetrics(new MicrometerMetricsFactory(registry))
        .withTracer(tracing);
  }

  private static VertxOptions options(int loops) {
    var files = new FileSystemOptions().setFileCachingEnabled(false);
    var metrics = new MicrometerMetricsOptions().setEnabled(true);
    for (var domain : MetricsDomain.values()) {
      if (domain != MetricsDomain.NAMED_POOLS) {
        metrics.addDisabledMetricsCategory(domain);
      }
    }
    metrics.addDisabledMetricsCategory(SQL);
    return new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setFileSystemOptions(files)
        .setMetricsOptions(metrics);
  }
}
