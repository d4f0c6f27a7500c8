package io.umbel.registry.upstream.rpc;

/**
 * How often a server asked its client something while several calls were in flight and its line did
 * not say which one it meant. From the first time on, its calls go one at a time. One of these
 * stands for one server and outlives its connections.
 */
public final class Crossings {

  private final Runnable counted;
  private boolean any;

  /** None yet; runs the counter at each. */
  public Crossings(Runnable counted) {
    this.counted = counted;
  }

  boolean oneAtATime() {
    return any;
  }

  void happened() {
    any = true;
    counted.run();
  }
}
