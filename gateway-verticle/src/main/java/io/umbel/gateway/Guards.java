package io.umbel.gateway;

import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.audit.AuditSettings;
import io.umbel.gateway.identity.IdentitySettings;
import io.umbel.gateway.limits.RateSettings;

/**
 * What stands between clients and tools.
 *
 * @param identity whom the gateway lets in
 * @param access who may see and do what
 * @param rates how often clients may ask
 * @param audit what is kept of it
 */
public record Guards(
    IdentitySettings identity, AccessSettings access, RateSettings rates, AuditSettings audit) {

  /** What is in force where nothing is configured: nobody is asked who they are. */
  public static Guards defaults() {
    return new Guards(
        IdentitySettings.OFF, AccessSettings.USUAL, RateSettings.NONE, AuditSettings.USUAL);
  }

  public Guards identifying(IdentitySettings other) {
    return new Guards(other, access, rates, audit);
  }

  public Guards accessing(AccessSettings other) {
    return new Guards(identity, other, rates, audit);
  }

  public Guards limiting(RateSettings other) {
    return new Guards(identity, access, other, audit);
  }

  public Guards auditing(AuditSettings other) {
    return new Guards(identity, access, rates, other);
  }
}
