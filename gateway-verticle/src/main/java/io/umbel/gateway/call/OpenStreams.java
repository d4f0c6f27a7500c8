package io.umbel.gateway.call;

import io.umbel.contract.Caller;
import io.umbel.gateway.wire.McpException;
import java.util.HashMap;
import java.util.Map;

/**
 * The streams on which this gateway instance tells clients of changes, and how many each caller may
 * have. An answer that is streamed is none of these.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class OpenStreams {

  /** How many there may be, of all callers together. */
  static final int MOST = 10_000;

  private final int perCaller;
  private final OpenNow now;
  private final Map<Owner, Integer> held = new HashMap<>();
  private int total;

  /** A caller, whatever its tokens allow. */
  private record Owner(String account, String subject) {}

  public OpenStreams(int perCaller, OpenNow now) {
    this.perCaller = perCaller;
    this.now = now;
  }

  /**
   * One more stream.
   *
   * @return to be run once, when it is over
   * @throws McpException if there are too many
   */
  public Runnable take(Caller caller) {
    var owner = new Owner(caller.account(), caller.subject());
    if (held.getOrDefault(owner, 0) >= perCaller) {
      throw McpException.refused(
          429, "Too many streams: " + perCaller + " of yours are open here; close one first");
    }
    if (total >= MOST) {
      throw McpException.refused(
          429, "Too many streams: this gateway holds " + MOST + ", which is all it takes");
    }
    held.merge(owner, 1, Integer::sum);
    total++;
    now.streams().incrementAndGet();
    return () -> giveBack(owner);
  }

  private void giveBack(Owner owner) {
    held.computeIfPresent(owner, (same, count) -> count == 1 ? null : count - 1);
    total--;
    now.streams().decrementAndGet();
  }
}
