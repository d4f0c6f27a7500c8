package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls a provider has begun to answer. One that is cancelled, or that nobody waits for any
 * longer, is in flight no more, whether or not its function ever ends.
 */
final class CallsInFlight {

  private final Map<String, Begun> begun = new HashMap<>();
  private Promise<Void> empty;

  private record Begun(Promise<Void> cancelled, long deadline) {}

  /** A call begins; the promise is kept if its answer is no longer waited for. */
  void begin(Call call, Promise<Void> cancelled) {
    var deadline = System.nanoTime() + call.timeoutMillis() * 1_000_000;
    begun.put(call.trail().id(), new Begun(cancelled, deadline));
  }

  /** A call has been answered. */
  void end(Call call) {
    remove(call.trail().id());
  }

  /** Nobody waits for that call any longer. */
  void cancel(String id) {
    var call = remove(id);
    if (call != null) {
      call.cancelled().tryComplete();
    }
  }

  /** Cancels what is past its deadline: its gateway may be gone and never say so. */
  void cancelOverdue() {
    var now = System.nanoTime();
    List<String> overdue = begun.entrySet().stream()
        .filter(call -> now - call.getValue().deadline() > 0)
        .map(Map.Entry::getKey)
        .toList();
    overdue.forEach(this::cancel);
  }

  /** Completes when there is none. */
  Future<Void> whenEmpty() {
    empty = Promise.promise();
    completeIfEmpty();
    return empty.future();
  }

  private Begun remove(String id) {
    var call = begun.remove(id);
    completeIfEmpty();
    return call;
  }

  private void completeIfEmpty() {
    if (empty != null && begun.isEmpty()) {
      empty.tryComplete();
    }
  }
}
