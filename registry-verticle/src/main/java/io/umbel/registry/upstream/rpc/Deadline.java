package io.umbel.registry.upstream.rpc;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * How long an answer is waited for. Each sign of life begins it anew, but never beyond the longest
 * there is; while the server waits for us, it stands still.
 */
final class Deadline {

  private static final long NONE = -1;

  private final Vertx vertx;
  private final long idle;
  private final Runnable over;
  private long last;
  private long sign = System.nanoTime();
  private long timer = NONE;
  private int held;
  private long heldAt;
  private boolean ended;

  Deadline(Vertx vertx, Duration idle, Duration longest, Runnable over) {
    this.vertx = vertx;
    this.idle = idle.toNanos();
    this.over = over;
    this.last = sign + Math.max(longest.toNanos(), this.idle);
    arm();
  }

  /** The server is alive. */
  void sign() {
    sign = System.nanoTime();
  }

  /** The server waits for us. */
  void hold() {
    if (held++ == 0) {
      heldAt = System.nanoTime();
      disarm();
    }
  }

  /** It does no longer. */
  void release() {
    if (--held == 0 && !ended) {
      sign();
      last += sign - heldAt;
      arm();
    }
  }

  void end() {
    ended = true;
    disarm();
  }

  private void disarm() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  private void arm() {
    var left = left();
    timer = vertx.setTimer(Math.max(1, left / 1_000_000 + 1), rung -> check());
  }

  private void check() {
    timer = NONE;
    if (left() > 0) {
      arm();
    } else {
      over.run();
    }
  }

  private long left() {
    return Math.min(sign + idle, last) - System.nanoTime();
  }
}
