package io.umbel.registry.manage;

import io.vertx.core.Future;
import java.net.URI;

/** Where servers may be. */
@FunctionalInterface
public interface Admission {

  /**
   * Whether one may be at that URL.
   *
   * @return fails with an {@link io.umbel.outbound.OutboundFailure}: of the reason
   *     {@code FORBIDDEN} where it may not, of another where nobody knows
   */
  Future<Void> check(URI url);
}
