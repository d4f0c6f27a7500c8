package io.umbel.launcher.identity;

import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.Settings;

/** What guards the door of a gateway with certain settings. */
public enum Guarding {
  /** Nobody is asked. */
  NOTHING,
  /** Tokens that this data directory's own key has signed. */
  DEVELOPMENT,
  /** Tokens that a configured secret has signed. */
  SECRET,
  /** Tokens of an identity provider. */
  PROVIDER;

  /** What these settings mean. */
  public static Guarding of(Settings settings) {
    if (!settings.flag(AuthKey.REQUIRED)) {
      return NOTHING;
    }
    if (settings.isGiven(AuthKey.JWKS_URL)) {
      return PROVIDER;
    }
    return settings.isGiven(AuthKey.SECRET) ? SECRET : DEVELOPMENT;
  }
}
