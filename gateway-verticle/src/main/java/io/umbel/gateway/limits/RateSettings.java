package io.umbel.gateway.limits;

import java.util.List;

/**
 * How much clients may ask for.
 *
 * @param rules how often what
 * @param redis where that is counted for all gateways together, or null for each gateway by itself
 * @param proxies whose {@code X-Forwarded-For} is believed
 */
public record RateSettings(Rules rules, Redis redis, List<AddressRange> proxies) {

  /** Nothing is limited. */
  public static final RateSettings NONE = new RateSettings(Rules.NONE, null, List.of());

  /**
   * A Redis.
   *
   * @param url {@code redis://…} or {@code rediss://…}, with user and password where it has them
   * @param authority a file with the certificates that a TLS server must be vouched for by, or null
   *     for those that the virtual machine knows
   * @param failOpen whether requests pass while it is away
   */
  public record Redis(String url, String authority, boolean failOpen) {

    /** Never shows the password. */
    @Override
    public String toString() {
      return url.replaceFirst("//[^@/]*@", "//");
    }
  }
}
