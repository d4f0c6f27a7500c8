package io.umbel.gateway.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the gateway counts. No label ever holds a user, a token or an argument, and tools that do
 * not exist count as {@code unknown}, so that no client can make labels. Meters are looked up once.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class GatewayMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
    Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)
  };

  private static final Set<String> HTTP_METHODS =
      Set.of("POST", "GET", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH");

  private final MeterRegistry registry;
  private final Map<Labels, Meters> requests = new HashMap<>();
  private final Map<Labels, Meters> calls = new HashMap<>();
  private final Map<String, Counter> kept = new HashMap<>();

  private record Labels(String what, String how) {}

  private record Meters(Counter count, Timer time) {
    void note(long nanos) {
      count.increment();
      time.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  public GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    List.of("hit", "miss").forEach(result -> kept.put(result, keptCounter(result)));
  }

  /** An HTTP request has been answered; methods that HTTP does not know count as one. */
  public void request(String method, int status, long nanos) {
    var known = HTTP_METHODS.contains(method) ? method : "other";
    requests
        .computeIfAbsent(new Labels(known, Integer.toString(status)), this::requestMeters)
        .note(nanos);
  }

  /**
   * A tool was called.
   *
   * @param tool its name, or {@code unknown}
   * @param status {@code succeeded}, {@code failed} or {@code refused}
   */
  public void toolCall(String tool, String status, long nanos) {
    calls.computeIfAbsent(new Labels(tool, status), this::callMeters).note(nanos);
  }

  /**
   * A result that may be kept was wanted.
   *
   * @param result {@code hit} or {@code miss}
   */
  public void resultCache(String result) {
    kept.get(result).increment();
  }

  private Counter keptCounter(String result) {
    return Counter.builder("mcp.result.cache")
        .description("Calls of tools whose results may be kept")
        .tags("result", result)
        .register(registry);
  }

  private Meters requestMeters(Labels labels) {
    var method = labels.what();
    return new Meters(
        Counter.builder("mcp.http.requests")
            .description("HTTP requests answered")
            .tags("method", method, "status_code", labels.how())
            .register(registry),
        timer("mcp.http.request.duration", "Time to the answer of an HTTP request")
            .tags("method", method)
            .register(registry));
  }

  private Meters callMeters(Labels labels) {
    String[] tags = {"tool", labels.what(), "status", labels.how()};
    return new Meters(
        Counter.builder("mcp.tool.calls")
            .description("Tool calls ended")
            .tags(tags)
            .register(registry),
        timer("mcp.tool.call.duration", "Time from request to outcome of a tool call")
            .tags(tags)
            .register(registry));
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
  }
}
