package io.umbel.gateway;

import io.umbel.gateway.identity.IdentitySettings;

/**
 * Who may do what at a gateway, how often, and what is kept of it.
 *
 * @param identity whom it lets in
 */
public record Guards(IdentitySettings identity) {

  /** Whoever reaches the gateway is the local user. */
  public static final Guards NONE = new Guards(IdentitySettings.OFF);
}
