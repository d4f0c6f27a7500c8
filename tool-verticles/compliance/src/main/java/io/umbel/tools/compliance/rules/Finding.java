package io.umbel.tools.compliance.rules;

/**
 * What one check found.
 *
 * @param check its id
 * @param label what it is called for people
 * @param score from 0 to 1
 * @param weight how much it counts
 * @param evidence what of the text says so, or null
 * @param suggestion what to do about it, or null where it is met
 */
public record Finding(
    String check, String label, double score, double weight, String evidence, String suggestion) {

  /** {@code met}, {@code partial} or {@code missing}. */
  public String status() {
    if (isMet()) {
      return "met";
    }
    return score > 0 ? "partial" : "missing";
  }

  boolean isMet() {
    return score >= 1;
  }

  /** How much would be won by meeting it. */
  double loss() {
    return weight * (1 - score);
  }
}
