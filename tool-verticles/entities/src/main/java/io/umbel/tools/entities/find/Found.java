package io.umbel.tools.entities.find;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What was found.
 *
 * @param total how many reach their threshold
 * @param hits those that were wanted of them
 */
public record Found(long total, List<Hit> hits) {

  /** Nothing. */
  public static final Found NOTHING = new Found(0, List.of());

  public Found {
    hits = List.copyOf(hits);
  }

  /**
   * One entity.
   *
   * @param score on the backend's scale
   * @param data as it was given
   */
  public record Hit(String id, float score, JsonObject data) {

    /** The score in its shortest decimal form, which asked for as a threshold keeps this hit. */
    public double shownScore() {
      return Double.parseDouble(Float.toString(score));
    }
  }

  /** This account has none of those, and may never have had. */
  public static ToolFailure noData(EntityType type) {
    return new ToolFailure(
        ErrorCode.NOT_FOUND, "No data available for entity type " + type.name(), null);
  }
}
