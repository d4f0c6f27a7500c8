package io.umbel.gateway.call;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.AtomicInteger;

/** How much is open in this process, of all its gateway instances together. Thread-safe. */
public record OpenNow(AtomicInteger streams, AtomicInteger calls) implements Shareable {

  /** That of the process, counted there. */
  public static OpenNow in(Vertx vertx, MeterRegistry registry) {
    var now = vertx
        .sharedData()
        .<String, OpenNow>getLocalMap("umbel.gateway")
        .computeIfAbsent("open", first -> new OpenNow(new AtomicInteger(), new AtomicInteger()));
    gauge("mcp.streams.open", "Streams that tell clients of changes", now.streams(), registry);
    gauge("mcp.calls.open", "Requests that wait for a provider", now.calls(), registry);
    return now;
  }

  private static void gauge(String name, String description, AtomicInteger of, MeterRegistry into) {
    Gauge.builder(name, of, AtomicInteger::get)
        .description(description)
        .strongReference(true)
        .register(into);
  }
}
