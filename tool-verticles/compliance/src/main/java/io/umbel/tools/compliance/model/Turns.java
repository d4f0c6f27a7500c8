package io.umbel.tools.compliance.model;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many questions at once and no more; others wait, first come first served. For one thread. */
final class Turns {

  private static final int WAITING = 200;

  private final Vertx vertx;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int free;

  Turns(Vertx vertx, int atOnce) {
    this.vertx = vertx;
    this.free = atOnce;
  }

  /**
   * A turn, which is to be given back; fails with {@link ModelFailure} where none comes in time.
   */
  Future<Void> take(long millis) {
    if (millis > 0 && free > 0) {
      free--;
      return Future.succeededFuture();
    }
    if (millis <= 0 || waiting.size() >= WAITING) {
      return Future.failedFuture(ModelFailure.crowded());
    }
    var turn = Promise.<Void>promise();
    waiting.add(turn);
    var timer = vertx.setTimer(millis, late -> giveUp(turn));
    return turn.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  void giveBack() {
    var next = waiting.poll();
    if (next == null) {
      free++;
    } else {
      next.complete();
    }
  }

  private void giveUp(Promise<Void> turn) {
    waiting.remove(turn);
    turn.tryFail(ModelFailure.crowded());
  }
}
