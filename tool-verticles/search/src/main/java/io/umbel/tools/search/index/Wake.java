package io.umbel.tools.search.index;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * When an account is read: once at a time, again where something happened meanwhile, and twice more
 * a moment later, since a change is told only when no older transaction runs.
 */
final class Wake {

  private static final long BUSY_MILLIS = 300;
  private static final long LONGEST_MILLIS = 30_000;
  private static final long[] LATER_MILLIS = {2_000, 400};

  private final Vertx vertx;
  private final Function<Boolean, Future<Next>> read;
  private final Runnable done;
  private boolean isReading;
  private boolean isWanted;
  private boolean withProjects;
  private int later;
  private long failedMillis = BUSY_MILLIS;
  private long timer = -1;

  /** What is to be done after a reading. */
  enum Next {
    NOTHING,
    BUSY,
    FAILED
  }

  /**
   * The waking of one account.
   *
   * @param read reads it, with its projects or without; never fails
   * @param done hears that there is nothing to do any more
   */
  Wake(Vertx vertx, Function<Boolean, Future<Next>> read, Runnable done) {
    this.vertx = vertx;
    this.read = read;
    this.done = done;
  }

  void changed() {
    later = LATER_MILLIS.length;
    want();
  }

  void everything() {
    withProjects = true;
    changed();
  }

  private void want() {
    isWanted = true;
    if (!isReading) {
      begin();
    }
  }

  private void begin() {
    vertx.cancelTimer(timer);
    isReading = true;
    isWanted = false;
    var all = withProjects;
    withProjects = false;
    read.apply(all).onSuccess(next -> end(next, all));
  }

  private void end(Next next, boolean all) {
    isReading = false;
    withProjects = withProjects || (all && (next == Next.BUSY || next == Next.FAILED));
    if (isWanted) {
      begin();
    } else if (next == Next.BUSY) {
      in(BUSY_MILLIS);
    } else if (next == Next.FAILED) {
      failedMillis = Math.min(2 * failedMillis, LONGEST_MILLIS);
      in(failedMillis);
    } else if (later > 0) {
      in(LATER_MILLIS[--later]);
    } else {
      done.run();
    }
    failedMillis = next == Next.FAILED ? failedMillis : BUSY_MILLIS;
  }

  private void in(long millis) {
    timer = vertx.setTimer(millis, due -> begin());
  }
}
