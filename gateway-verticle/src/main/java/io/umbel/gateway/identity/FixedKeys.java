package io.umbel.gateway.identity;

import io.vertx.core.Future;
import java.util.List;

/** Keys that never change. */
record FixedKeys(List<VerificationKey> keys) implements Keyring {

  /** With a key id there is one; without, a token is tried with this many. */
  private static final int TRIED = 4;

  @Override
  public Future<Void> open() {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<VerificationKey>> mayHaveSigned(Jwt token) {
    return Future.succeededFuture(among(keys, token));
  }

  @Override
  public boolean isReady() {
    return !keys.isEmpty();
  }

  @Override
  public void close() {
    // There is nothing to end.
  }

  static List<VerificationKey> among(List<VerificationKey> keys, Jwt token) {
    return keys.stream().filter(key -> key.mayHaveSigned(token)).limit(TRIED).toList();
  }
}
