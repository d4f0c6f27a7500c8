package io.umbel.gateway;

import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.identity.IdentitySettings;

/**
 * What stands between clients and tools.
 *
 * @param identity whom the gateway lets in
 * @param access who may see and do what
 */
public record Guards(IdentitySettings identity, AccessSettings access) {

  /** What is in force where nothing is configured: nobody is asked who they are. */
  public static Guards defaults() {
    return new Guards(IdentitySettings.OFF, AccessSettings.USUAL);
  }

  public Guards identifying(IdentitySettings other) {
    return new Guards(other, access);
  }

  public Guards accessing(AccessSettings other) {
    return new Guards(identity, other);
  }
}
