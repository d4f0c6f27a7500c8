package io.umbel.registry.pool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What is counted of upstream servers. A server is called by its account and namespace; no label
 * ever holds a user, a token or an argument. Beyond so many tools the rest count as one.
 */
public final class UpstreamMetrics {

  private static final int MOST_TOOLS = 2_000;

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry meters;
  private final Map<Labels, Counter> calls = new HashMap<>();
  private final Map<String, Timer> times = new HashMap<>();
  private final Map<String, AtomicInteger> health = new HashMap<>();
  private final Map<String, AtomicInteger> circuits = new HashMap<>();

  private record Labels(String server, String tool, String status) {}

  public UpstreamMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A server was checked: 1 for a healthy one, 0 for another. */
  public void health(Server server, boolean healthy) {
    var name = name(server);
    health
        .computeIfAbsent(name, made -> gauge("mcp.upstream.server.health", "1 if it answers", made))
        .set(healthy ? 1 : 0);
  }

  /** None is looked after any longer. */
  public void noneHealthy() {
    health.values().forEach(value -> value.set(0));
  }

  /** Nothing is to be told of that server any longer. */
  public void forget(Server server) {
    var name = name(server);
    forget("mcp.upstream.server.health", health.remove(name), name);
    forget("mcp.circuit.state", circuits.remove(name), name);
  }

  /** Nothing is told any longer of servers that are gone, which would add up. */
  void keepOnly(Collection<Server> servers) {
    var names = servers.stream().map(UpstreamMetrics::name).collect(Collectors.toSet());
    calls.entrySet().removeIf(each -> isGone(names, each.getKey().server(), each.getValue()));
    times.entrySet().removeIf(each -> isGone(names, each.getKey(), each.getValue()));
    circuits.entrySet().removeIf(each -> {
      var gone = !names.contains(each.getKey());
      if (gone) {
        forget("mcp.circuit.state", each.getValue(), each.getKey());
      }
      return gone;
    });
  }

  private boolean isGone(Set<String> names, String server, Meter meter) {
    var gone = !names.contains(server);
    if (gone) {
      meters.remove(meter);
    }
    return gone;
  }

  void circuit(Server server, Breaker.State state) {
    var name = name(server);
    var about = "0 closed, 1 half open, 2 open";
    circuits
        .computeIfAbsent(name, made -> gauge("mcp.circuit.state", about, made))
        .set(state.number());
  }

  void called(Errand errand, AsyncResult<Answer> done, long nanos) {
    var server = name(errand.server());
    var tool = calls.size() < MOST_TOOLS ? errand.label() : "other";
    calls.computeIfAbsent(new Labels(server, tool, status(done)), this::counter).increment();
    times.computeIfAbsent(server, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private static String status(AsyncResult<Answer> done) {
    if (done.failed()) {
      if (done.cause() instanceof UpstreamFailure failure) {
        return failure.reason() == Reason.CANCELLED ? "cancelled" : "failed";
      }
      return done.cause() instanceof Unavailable no
          ? no.reason().name().toLowerCase(Locale.ROOT)
          : "failed";
    }
    var isError = done.result() instanceof Answer.Result result
        && Boolean.TRUE.equals(result.json().getValue("isError"));
    return isError || done.result() instanceof Answer.Refused ? "refused" : "succeeded";
  }

  private static String name(Server server) {
    return server.key().isOperators()
        ? server.namespace()
        : server.key().account() + "/" + server.namespace();
  }

  private AtomicInteger gauge(String name, String description, String server) {
    var value = new AtomicInteger();
    Gauge.builder(name, value, AtomicInteger::get)
        .description(description)
        .tags("server", server)
        .strongReference(true)
        .register(meters);
    return value;
  }

  private void forget(String gauge, AtomicInteger value, String server) {
    if (value != null) {
      var found = meters.find(gauge).tags("server", server).gauge();
      if (found != null) {
        meters.remove(found);
      }
    }
  }

  private Counter counter(Labels labels) {
    return Counter.builder("mcp.client.calls")
        .description("Requests to upstream servers ended")
        .tags("server", labels.server(), "tool", labels.tool(), "status", labels.status())
        .register(meters);
  }

  private Timer timer(String server) {
    return Timer.builder("mcp.client.call.duration")
        .description("Time from request to answer of an upstream server")
        .tags("server", server)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }
}
