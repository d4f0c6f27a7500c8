package io.umbel.tools.compliance.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one check makes of an issue.
 *
 * @param value from 0, not met, to 1, met
 * @param evidence what of the text says so, or null
 */
record Score(double value, String evidence) {

  static Score of(double value) {
    return new Score(value, null);
  }

  /** One of three: met, met by half, or not at all. */
  static Score of(boolean met, boolean half) {
    return of(met ? 1 : half ? .5 : 0);
  }

  Score because(String why) {
    return new Score(value, why);
  }

  boolean isMet() {
    return value >= 1;
  }

  /** In hundredths, halves upwards. */
  static double hundredths(double value) {
    return (long) (value * 100 + .5) / 100.0;
  }

  /** In ten-thousandths, as exactly as binary fractions allow. */
  static double tenThousandths(double value) {
    return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
  }
}
