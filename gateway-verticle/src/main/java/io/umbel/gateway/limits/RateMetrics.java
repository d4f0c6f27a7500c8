package io.umbel.gateway.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was refused, and what passed uncounted; of the latter it logs, but not each.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class RateMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(RateMetrics.class);
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final Counter limited;
  private final Counter bypassed;
  private long since;
  private long toldAt = System.nanoTime() - QUIET_NANOS;

  public RateMetrics(MeterRegistry registry) {
    limited = Counter.builder("mcp.rate.limited")
        .description("Requests refused because there were too many")
        .register(registry);
    bypassed = Counter.builder("mcp.rate.limit.bypassed")
        .description("Requests that passed uncounted because Redis was away")
        .register(registry);
  }

  void limited() {
    limited.increment();
  }

  void bypassed(Throwable why) {
    bypassed.increment();
    since++;
    var now = System.nanoTime();
    if (now - toldAt >= QUIET_NANOS) {
      LOG.warn("{} requests passed without being counted: {}", since, why.getMessage());
      toldAt = now;
      since = 0;
    }
  }
}
