package io.umbel.gateway.identity;

import io.umbel.contract.Caller;
import io.vertx.core.Future;

/** Whether whoever a good token names is still welcome: an account or agent may be inactive. */
@FunctionalInterface
public interface Standing {

  /** Everybody is. */
  Standing GOOD = caller -> Future.succeededFuture(true);

  /** Asked at each request, so it must be answered from memory. Fails where it cannot be known. */
  Future<Boolean> of(Caller caller);
}
