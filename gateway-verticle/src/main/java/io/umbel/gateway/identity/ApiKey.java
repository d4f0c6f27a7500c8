package io.umbel.gateway.identity;

import io.umbel.contract.Caller;

/**
 * An API key that is good.
 *
 * @param id names it without giving it away
 * @param caller on whose behalf it acts
 * @param expiresAt in milliseconds since 1970; {@link Long#MAX_VALUE} for never
 */
public record ApiKey(String id, Caller caller, long expiresAt) {}
