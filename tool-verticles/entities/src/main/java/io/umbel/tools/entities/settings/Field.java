package io.umbel.tools.entities.settings;

/**
 * A member of an entity that is looked into.
 *
 * @param boost what its score is multiplied by
 * @param minScore from which score on a match counts, on the backend's scale; 0 for any. The
 *     field's own where it has one, else the entity's, else everyone's
 */
public record Field(String name, double boost, Fuzziness fuzziness, double minScore) {

  /** The threshold where the caller may have named one. */
  public double threshold(Double asked) {
    return asked == null ? minScore : asked;
  }
}
