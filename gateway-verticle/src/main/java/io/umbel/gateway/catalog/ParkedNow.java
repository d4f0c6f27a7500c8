package io.umbel.gateway.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.ParkedCount;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;

/**
 * The calls that wait for an answer of their user, at all providers, as this process has heard; its
 * gateway instances count them once. Thread-safe.
 */
public final class ParkedNow implements Shareable {

  private static final int MOST_INSTANCES = 10_000;

  private final MeterRegistry registry;
  private final Map<Instance, ParkedCount> known = Caffeine.newBuilder()
      .maximumSize(MOST_INSTANCES)
      .<Instance, ParkedCount>build()
      .asMap();

  private ParkedNow(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("mcp.parked.calls", this, ParkedNow::size)
        .description("Calls that wait for an answer of their user")
        .strongReference(true)
        .register(registry);
    for (var what : new String[] {"parked", "resumed", "expired", "refused"}) {
      counter(what);
    }
  }

  /** Those of the process. */
  public static ParkedNow in(Vertx vertx, MeterRegistry registry) {
    return vertx
        .sharedData()
        .<String, ParkedNow>getLocalMap("umbel.gateway.parked")
        .computeIfAbsent("now", first -> new ParkedNow(registry));
  }

  /** Notes what an instance says, once; what was overtaken on its way is old. */
  synchronized void are(Instance instance, ParkedCount count) {
    var last = known.getOrDefault(instance, ParkedCount.NONE);
    if (events(count) < events(last)) {
      return;
    }
    known.put(instance, count);
    grow("parked", count.parked() - last.parked());
    grow("resumed", count.resumed() - last.resumed());
    grow("expired", count.expired() - last.expired());
    grow("refused", count.refused() - last.refused());
  }

  /** None of its calls waits any longer; it may yet be heard of again. */
  synchronized void gone(Instance instance) {
    known.computeIfPresent(
        instance,
        (same, last) ->
            new ParkedCount(0, last.parked(), last.resumed(), last.expired(), last.refused()));
  }

  private static long events(ParkedCount count) {
    return count.parked() + count.resumed() + count.expired() + count.refused();
  }

  private int size() {
    return known.values().stream().mapToInt(ParkedCount::now).sum();
  }

  private void grow(String what, long by) {
    if (by > 0) {
      counter(what).increment((double) by);
    }
  }

  private Counter counter(String what) {
    return Counter.builder("mcp.parked.calls.events")
        .description("What became of calls that asked their user something")
        .tags("what", what)
        .register(registry);
  }
}
