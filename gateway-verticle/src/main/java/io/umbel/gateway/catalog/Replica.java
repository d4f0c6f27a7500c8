package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement.Instance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One live instance of a provider as this gateway sees it: where it is, and what waits for it. Used
 * on the gateway's own thread only.
 */
public final class Replica {

  private final Instance instance;
  private final Set<Runnable> waiting = new HashSet<>();

  Replica(Instance instance) {
    this.instance = instance;
  }

  public Instance instance() {
    return instance;
  }

  /** How many calls wait for it. */
  public int inFlight() {
    return waiting.size();
  }

  /** Notes a call that waits; it is told if the instance is lost. */
  public void waits(Runnable onLost) {
    waiting.add(onLost);
  }

  /** The call waits no longer. */
  public void done(Runnable onLost) {
    waiting.remove(onLost);
  }

  /** Everything that waits for it is told at once that no answer will come. */
  public void lose() {
    List.copyOf(waiting).forEach(Runnable::run);
  }
}
