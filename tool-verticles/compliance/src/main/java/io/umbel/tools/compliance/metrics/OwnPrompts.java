package io.umbel.tools.compliance.metrics;

/**
 * What a language model is told of an operator's own metric.
 *
 * @param estimate by what to judge, or null for the metric's checks
 * @param improve how to write an issue anew, or null for what is said of every metric
 */
public record OwnPrompts(String estimate, String improve) {

  /** Nothing of the operator's own. */
  public static final OwnPrompts NONE = new OwnPrompts(null, null);
}
