package io.umbel.registry.server;

/** What is shown to a server. Secrets never appear in {@code toString}. */
public sealed interface Credentials {

  /** Nothing. */
  record None() implements Credentials {}

  /**
   * {@code Authorization: Bearer}.
   *
   * @param token secret
   */
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer[***]";
    }
  }

  /**
   * A header of its own.
   *
   * @param header its name, usually {@code X-API-Key}
   * @param key secret
   */
  record ApiKey(String header, String key) implements Credentials {
    @Override
    public String toString() {
      return "ApiKey[" + header + ", ***]";
    }
  }

  /**
   * OAuth 2.1 client credentials (RFC 6749, section 4.4): the authorization server is found by the
   * upstream's resource metadata (RFC 9728) and its own (RFC 8414).
   *
   * @param clientId who we are there
   * @param secret shared with the authorization server, or null
   * @param privateKey PEM to sign assertions with (RFC 7523), or null
   * @param algorithm of that key, as in {@code ES256}, or null
   * @param scope what to ask for, or null
   */
  record ClientCredentials(
      String clientId, String secret, String privateKey, String algorithm, String scope)
      implements Credentials {
    @Override
    public String toString() {
      return "ClientCredentials[" + clientId + ", ***]";
    }
  }
}
