package io.umbel.tools.entities.settings;

/** Why a file cannot be used, with the line. Final, and without a stack: an answer. */
public final class EntitiesRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param line the first one is 1
   */
  public EntitiesRefusal(String file, long line, String why) {
    super("%s, line %d: %s".formatted(file, line, why), null, false, false);
  }

  /** One of a whole file. */
  public EntitiesRefusal(String file, String why) {
    super("%s: %s".formatted(file, why), null, false, false);
  }
}
