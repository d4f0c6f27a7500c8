package io.umbel.registry.owner;

import io.umbel.contract.Announcement.Instance;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Which instance of the registry watches over a server: checks its health, hears its notices, scans
 * it, and runs its process where it is one. Every instance works it out for itself from who is
 * here, so nothing is shared.
 */
public interface Ownership {

  /** Whether this instance is that of the server. */
  boolean isMine(UUID server);

  /** The instance that is; this one where nobody else is here. */
  Instance ownerOf(UUID server);

  /** All other instances that are here. */
  default Collection<Instance> others() {
    return List.of();
  }

  /** Nobody answers at that instance's address. */
  default void unreachable(Instance instance) {}

  /** Runs when servers may have gone from one instance to another. */
  void onChange(Runnable watcher);
}
