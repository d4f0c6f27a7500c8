package io.umbel.registry.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many requests at once and no more; as many again wait, first come first served. */
final class Bulkhead {

  private static final long SOON_MILLIS = 1_000;

  private final Vertx vertx;
  private final int places;
  private final Deque<Promise<Place>> waiting = new ArrayDeque<>();
  private int taken;

  Bulkhead(Vertx vertx, int places) {
    this.vertx = vertx;
    this.places = Math.max(1, places);
  }

  /** Held by one request; given back once. */
  final class Place {
    private boolean held = true;

    void giveBack() {
      if (held) {
        held = false;
        passOn();
      }
    }
  }

  /**
   * Takes a place.
   *
   * @return fails with {@link Unavailable} where too many wait, or none comes free in time
   */
  Future<Place> enter(long millis) {
    if (taken < places) {
      taken++;
      return Future.succeededFuture(new Place());
    }
    if (waiting.size() >= places) {
      return Future.failedFuture(new Unavailable(Unavailable.Reason.FULL, SOON_MILLIS));
    }
    var turn = Promise.<Place>promise();
    waiting.add(turn);
    var timer = vertx.setTimer(Math.max(1, millis), late -> giveUp(turn));
    return turn.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** How many requests are under way or wait. */
  int busy() {
    return taken + waiting.size();
  }

  private void giveUp(Promise<Place> turn) {
    waiting.remove(turn);
    turn.tryFail(new Unavailable(Unavailable.Reason.LATE, SOON_MILLIS));
  }

  private void passOn() {
    var next = waiting.poll();
    if (next == null) {
      taken--;
    } else {
      next.complete(new Place());
    }
  }
}
