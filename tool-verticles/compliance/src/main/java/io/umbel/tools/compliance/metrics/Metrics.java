package io.umbel.tools.compliance.metrics;

import io.umbel.tools.compliance.rules.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that can be asked for.
 *
 * @param all those that come with Umbel first
 */
public record Metrics(List<Metric> all) {

  /** Those that come with Umbel. */
  public static final Metrics OURS = new Metrics(List.of(Metric.DOR, Metric.INVEST, Metric.RISK));

  public Metrics {
    all = List.copyOf(all);
  }

  /** These and more. */
  Metrics with(List<Metric> more) {
    return new Metrics(Stream.concat(all.stream(), more.stream()).toList());
  }

  /** The one of that id or short name, whatever its case. */
  public Optional<Metric> named(String word) {
    return all.stream()
        .filter(metric ->
            metric.id().equalsIgnoreCase(word) || metric.shortName().equalsIgnoreCase(word))
        .findFirst();
  }

  /** The short names, as in "DoR, INVEST, Risk". */
  public String names() {
    return all.stream().map(Metric::shortName).collect(Collectors.joining(", "));
  }
}
