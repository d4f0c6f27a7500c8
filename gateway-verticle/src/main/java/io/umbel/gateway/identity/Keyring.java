package io.umbel.gateway.identity;

import io.vertx.core.Future;
import java.util.List;

/** The keys that tokens are signed with at the moment. */
interface Keyring {

  /** Begins to follow the keys; completes when they are read for the first time, or cannot be. */
  Future<Void> open();

  /**
   * The keys that may have signed that token, the likeliest only. Fails with {@link Unjudged} where
   * they cannot be known at the moment.
   */
  Future<List<VerificationKey>> mayHaveSigned(Jwt token);

  /** Whether there are keys. */
  boolean isReady();

  void close();
}
