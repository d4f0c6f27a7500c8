package io.umbel.tools.entities.settings;

import java.util.List;

/**
 * A kind of entity.
 *
 * @param defaultLimit how many are answered where nobody says
 * @param maxLimit how many may be asked for
 * @param fields those that are enabled
 */
public record EntityType(String name, int defaultLimit, int maxLimit, List<Field> fields) {

  /** The one that {@code search_users} is about. */
  public static final String USER = "user";

  public EntityType {
    fields = List.copyOf(fields);
  }
}
