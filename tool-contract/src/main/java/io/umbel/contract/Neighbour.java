package io.umbel.contract;

import io.umbel.contract.Announcement.Instance;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One live instance of another provider, and what is waited for from it. */
final class Neighbour {

  private final Instance instance;
  private final Set<Promise<?>> waiting = new HashSet<>();

  Neighbour(Instance instance) {
    this.instance = instance;
  }

  Instance instance() {
    return instance;
  }

  /** How many answers it owes. */
  int owes() {
    return waiting.size();
  }

  void asked(Promise<?> answer) {
    waiting.add(answer);
  }

  void answered(Promise<?> answer) {
    waiting.remove(answer);
  }

  /** No answer will come. */
  void lose(Throwable why) {
    List.copyOf(waiting).forEach(answer -> answer.tryFail(why));
  }
}
