package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Judged;
import io.umbel.tools.compliance.kept.Standard;
import io.umbel.tools.compliance.model.ModelFailure;

/**
 * What was found of an issue, or why nothing was.
 *
 * @param standard by what it was judged
 * @param judged what was found, or null
 * @param failure why the language model did not judge it, or null
 */
record Verdict(Standard standard, Judged judged, ModelFailure failure) {

  static Verdict of(Standard standard, Judged judged) {
    return new Verdict(standard, judged, null);
  }

  static Verdict none(Standard standard, ModelFailure failure) {
    return new Verdict(standard, null, failure);
  }

  boolean isThere() {
    return judged != null;
  }

  /** The same, which takes the place of what the model did not say. */
  Verdict insteadOf(ModelFailure missing) {
    return new Verdict(standard, judged, missing);
  }
}
