package io.umbel.tools.entities.find;

import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.Future;

/** Where entities are looked for. */
public interface Backend {

  /** Its name, which answers tell: scores of one say nothing about scores of another. */
  String name();

  /** Begins; fails where nothing could be looked for. */
  Future<?> open();

  /**
   * Looks for entities of that account, the best first, and of one score by id.
   *
   * @param account the tenant, from the caller and from nowhere else
   * @return fails with {@link io.umbel.contract.ToolFailure}
   */
  Future<Found> find(String account, EntityType type, Wanted wanted);

  /** Ends. */
  Future<?> close();
}
