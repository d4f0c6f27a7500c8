package io.umbel.tools.compliance;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Does something with each entry of a list, a few at once, and keeps the list's order. */
final class InOrder<T, R> {

  private final List<T> entries;
  private final Function<T, Future<R>> work;
  private final List<R> results;
  private final Promise<List<R>> done = Promise.promise();
  private int next;
  private int left;

  private InOrder(List<T> entries, Function<T, Future<R>> work) {
    this.entries = entries;
    this.work = work;
    this.results = new ArrayList<>(Collections.nCopies(entries.size(), null));
    this.left = entries.size();
  }

  /**
   * The results, at the places of their entries; fails as soon as one does. For one thread.
   *
   * @param most how many may be under way at once
   */
  static <T, R> Future<List<R>> each(List<T> entries, int most, Function<T, Future<R>> work) {
    var all = new InOrder<>(entries, work);
    if (entries.isEmpty()) {
      return Future.succeededFuture(all.results);
    }
    for (int i = 0; i < most; i++) {
      all.begin();
    }
    return all.done.future();
  }

  private void begin() {
    if (next == entries.size() || done.future().isComplete()) {
      return;
    }
    int at = next++;
    work.apply(entries.get(at)).onFailure(done::tryFail).onSuccess(result -> end(at, result));
  }

  private void end(int at, R result) {
    results.set(at, result);
    left--;
    if (left == 0) {
      done.tryComplete(results);
    }
    begin();
  }
}
