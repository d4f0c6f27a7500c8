package io.umbel.gateway.identity;

import io.vertx.core.Future;
import java.util.Optional;

/** The API keys there are: tokens without a dot. Of each only the hash is known. */
@FunctionalInterface
public interface ApiKeys {

  /** There are none. */
  ApiKeys NONE = hash -> Future.succeededFuture(Optional.empty());

  /**
   * The key of that hash, unless it is revoked, expired or bound to something that is over. Fails
   * where that cannot be known at the moment.
   *
   * @param sha256Hex of the key, 64 digits in lower case
   */
  Future<Optional<ApiKey>> find(String sha256Hex);
}
