package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.tracker.Remote;
import io.vertx.core.Future;
import java.util.UUID;

/** The trackers on other servers, as they are set up. */
@FunctionalInterface
public interface Remotes {

  /** The one of that account; fails with {@link io.umbel.tools.issues.store.Refused}. */
  Future<Remote> of(String account, UUID tracker);
}
