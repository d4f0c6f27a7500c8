package io.umbel.tools.compliance.metrics;

import io.umbel.tools.compliance.rules.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that can be asked for.
 *
 * @param all those that come with Umbel first
 * @param prompts what the operator has a language model told of some of them, by their ids
 */
public record Metrics(List<Metric> all, Map<String, OwnPrompts> prompts) {

  /** Those that come with Umbel. */
  public static final Metrics OURS =
      new Metrics(List.of(Metric.DOR, Metric.INVEST, Metric.RISK), Map.of());

  public Metrics {
    all = List.copyOf(all);
    prompts = Map.copyOf(prompts);
  }

  /** These and more. */
  Metrics with(List<Metric> more, Map<String, OwnPrompts> theirs) {
    return new Metrics(Stream.concat(all.stream(), more.stream()).toList(), theirs);
  }

  /** The one of that id or short name, whatever its case. */
  public Optional<Metric> named(String word) {
    return all.stream()
        .filter(metric ->
            metric.id().equalsIgnoreCase(word) || metric.shortName().equalsIgnoreCase(word))
        .findFirst();
  }

  /** The one whose results are kept under that key. */
  public Optional<Metric> keyed(String key) {
    return all.stream().filter(metric -> metric.key().equals(key)).findFirst();
  }

  /** What the operator has a language model told of that one. */
  public OwnPrompts promptsOf(Metric metric) {
    return prompts.getOrDefault(metric.id(), OwnPrompts.NONE);
  }

  /** The short names, as in "DoR, INVEST, Risk". */
  public String names() {
    return all.stream().map(Metric::shortName).collect(Collectors.joining(", "));
  }
}
