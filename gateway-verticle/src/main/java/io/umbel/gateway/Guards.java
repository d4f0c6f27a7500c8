package io.umbel.gateway;

import io.umbel.gateway.limits.RateSettings;

/**
 * Who may do what at a gateway, how often, and what is kept of it.
 *
 * @param rates how much clients may ask for
 */
public record Guards(RateSettings rates) {

  /** No limits. */
  public static final Guards NONE = new Guards(RateSettings.NONE);
}
