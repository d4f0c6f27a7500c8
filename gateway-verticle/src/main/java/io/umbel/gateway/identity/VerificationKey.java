package io.umbel.gateway.identity;

import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;

/**
 * A key that signatures are checked with, and the only algorithm it is for.
 *
 * @param kid what tokens call it, or null
 * @param signatureBytes how long each of its signatures is
 * @param auth knows this key and no other
 */
record VerificationKey(String kid, Algorithm algorithm, int signatureBytes, JWTAuth auth) {

  /** Whether a token may have been signed with it. */
  boolean mayHaveSigned(Jwt token) {
    return algorithm == token.algorithm()
        && signatureBytes == token.signatureBytes()
        && (kid == null || token.kid() == null || kid.equals(token.kid()));
  }

  /** Whether it did sign it. Takes long where the algorithm is slow. */
  boolean hasSigned(Jwt token) {
    return auth.authenticate(new TokenCredentials(token.text())).succeeded();
  }
}
