package io.umbel.gateway;

import io.umbel.gateway.access.AccessSettings;

/**
 * What stands between clients and tools.
 *
 * @param access who may see and do what
 */
public record Guards(AccessSettings access) {

  /** What is in force where nothing is configured. */
  public static Guards defaults() {
    return new Guards(AccessSettings.USUAL);
  }

  public Guards accessing(AccessSettings other) {
    return new Guards(other);
  }
}
