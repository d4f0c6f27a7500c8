package io.umbel.gateway.identity;

import io.umbel.contract.Caller;

/**
 * A caller whose token is good.
 *
 * @param fingerprint what logs call the token, or null where there is none
 * @param expiresAt in milliseconds since 1970; {@link Long#MAX_VALUE} for never
 */
public record Identified(Caller caller, String fingerprint, long expiresAt) {

  /** The same, narrowed to that upstream server, or to none. */
  public Identified toServer(String namespace) {
    return namespace == null
        ? this
        : new Identified(caller.toServer(namespace), fingerprint, expiresAt);
  }
}
