package io.umbel.gateway;

import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.limits.RateSettings;

/**
 * What stands between clients and tools.
 *
 * @param access who may see and do what
 * @param rates how often clients may ask
 */
public record Guards(AccessSettings access, RateSettings rates) {

  /** What is in force where nothing is configured. */
  public static Guards defaults() {
    return new Guards(AccessSettings.USUAL, RateSettings.NONE);
  }

  public Guards accessing(AccessSettings other) {
    return new Guards(other, rates);
  }

  public Guards limiting(RateSettings other) {
    return new Guards(access, other);
  }
}
