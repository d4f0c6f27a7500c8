package io.umbel.gateway;

import io.umbel.gateway.access.AccessSettings;
import io.umbel.gateway.audit.AuditSettings;

/**
 * What stands between clients and tools.
 *
 * @param access who may see and do what
 * @param audit what is kept of it
 */
public record Guards(AccessSettings access, AuditSettings audit) {

  /** What is in force where nothing is configured. */
  public static Guards defaults() {
    return new Guards(AccessSettings.USUAL, AuditSettings.USUAL);
  }

  public Guards accessing(AccessSettings other) {
    return new Guards(other, audit);
  }

  public Guards auditing(AuditSettings other) {
    return new Guards(access, other);
  }
}
