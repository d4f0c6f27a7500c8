package io.umbel.gateway.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What the record counts of itself. */
final class AuditMetrics {

  private final AtomicInteger queue = new AtomicInteger();
  private final Counter written;
  private final Counter refused;
  private final Counter failures;

  AuditMetrics(MeterRegistry registry) {
    Gauge.builder("mcp.audit.queue", queue, AtomicInteger::get)
        .description("Rows of the audit trail that wait to be written")
        .register(registry);
    written = rows(registry, "written");
    refused = rows(registry, "refused");
    failures = Counter.builder("mcp.audit.failures")
        .description("Attempts to write the audit trail that failed")
        .register(registry);
  }

  void queued(int rows) {
    queue.set(rows);
  }

  void written(int rows) {
    written.increment(rows);
  }

  void refused(int rows) {
    refused.increment(rows);
  }

  void failed() {
    failures.increment();
  }

  private static Counter rows(MeterRegistry registry, String result) {
    return Counter.builder("mcp.audit.rows")
        .description("Rows of the audit trail")
        .tags("result", result)
        .register(registry);
  }
}
