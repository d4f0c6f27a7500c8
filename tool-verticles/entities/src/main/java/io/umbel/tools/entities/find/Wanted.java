package io.umbel.tools.entities.find;

import io.umbel.tools.entities.settings.Field;
import java.math.BigDecimal;

/**
 * What is looked for.
 *
 * @param query text, whatever is in it
 * @param minScore instead of all configured thresholds, or null
 * @param userType only users of that type, in lower case, or null
 */
public record Wanted(String query, int offset, int limit, Double minScore, String userType) {

  /** The member that a user's type is in. */
  public static final String USER_TYPE = "usertype";

  /** The least score with which a match of that field counts; 0 for any. */
  public float floor(Field field) {
    var threshold = field.threshold(minScore);
    var floor = (float) threshold;
    var isTooLow =
        new BigDecimal(Float.toString(floor)).compareTo(BigDecimal.valueOf(threshold)) < 0;
    return isTooLow ? Math.nextUp(floor) : floor;
  }
}
