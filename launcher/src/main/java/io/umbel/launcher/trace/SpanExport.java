package io.umbel.launcher.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.umbel.launcher.node.Product;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a collector by OTLP over HTTP, in batches, off the event loops. A collector that
 * is away costs spans, and nothing else.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class SpanExport {

  private static final String USUAL_VARIABLE = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final long FLUSH_SECONDS = 2;

  private SpanExport() {}

  /** What makes the spans, as these settings say; where they say nothing there is no tracer. */
  public static VertxTracerFactory of(Settings settings) {
    var usual = System.getenv(USUAL_VARIABLE);
    var endpoint = settings.textOrNull(Key.OTLP_ENDPOINT);
    if (endpoint != null) {
      return to(endpoint);
    }
    return usual == null || usual.isBlank() ? VertxTracerFactory.NOOP : to(usual.strip());
  }

  /** Whether anything is to be traced. */
  public static boolean isOn(VertxTracerFactory factory) {
    return factory != VertxTracerFactory.NOOP;
  }

  private static VertxTracerFactory to(String endpoint) {
    var base = endpoint.endsWith("/") ? endpoint : endpoint + "/";
    return options -> tracer(base + "v1/traces", options);
  }

  private static VertxTracer<?, ?> tracer(String url, TracingOptions options) {
    var exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(url).setTimeout(PATIENCE).build();
    var provider = SdkTracerProvider.builder()
        .setResource(self())
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter).setScheduleDelay(DELAY).build())
        .build();
    var sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(provider)
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
    var spans = new OpenTelemetryTracingFactory(sdk).tracer(options);
    return named(spans, () -> provider.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS));
  }

  private static <I, O> VertxTracer<I, O> named(VertxTracer<I, O> spans, Runnable afterClose) {
    return new BusSpans<>(spans, afterClose);
  }

  private static Resource self() {
    return Resource.getDefault()
        .merge(Resource.create(Attributes.of(
            AttributeKey.stringKey("service.name"), Product.NAME,
            AttributeKey.stringKey("service.version"), Product.version(),
            AttributeKey.stringKey("service.instance.id"), UUID.randomUUID().toString())));
  }
}
