package io.umbel.gateway;

import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.identity.IdentitySettings;
import io.umbel.gateway.limits.RateSettings;

/**
 * What stands between clients and tools.
 *
 * @param identity whom the gateway lets in
 * @param access who may see and do what
 * @param rates how often clients may ask
 */
public record Guards(IdentitySettings identity, AccessSettings access, RateSettings rates) {

  /** What is in force where nothing is configured: nobody is asked who they are. */
  public static Guards defaults() {
    return new Guards(IdentitySettings.OFF, AccessSettings.USUAL, RateSettings.NONE);
  }

  public Guards identifying(IdentitySettings other) {
    return new Guards(other, access, rates);
  }

  public Guards accessing(AccessSettings other) {
    return new Guards(identity, other, rates);
  }

  public Guards limiting(RateSettings other) {
    return new Guards(identity, access, other);
  }
}
