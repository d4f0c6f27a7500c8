package io.umbel.registry.upstream.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Whose calls are in flight, and, once a server has proved to need it, whose turn is next. */
final class Turns {

  private final Crossings crossings;
  private final Set<Pending> inFlight = new LinkedHashSet<>();
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Consumer<Pending> send;

  Turns(Crossings crossings, Consumer<Pending> send) {
    this.crossings = crossings;
    this.send = send;
  }

  /** Sends it, now or when those before it are done. */
  void next(Pending request) {
    if (!request.isCall()) {
      send.accept(request);
    } else if (crossings.oneAtATime() && !inFlight.isEmpty()) {
      waiting.add(request);
    } else {
      begin(request);
    }
  }

  void done(Pending request) {
    waiting.remove(request);
    if (inFlight.remove(request) && inFlight.isEmpty() && !waiting.isEmpty()) {
      begin(waiting.remove());
    }
  }

  int inFlight() {
    return inFlight.size();
  }

  /** The call in flight, or null unless there is exactly one. */
  Pending only() {
    return inFlight.size() == 1 ? inFlight.iterator().next() : null;
  }

  void oneAtATime() {
    crossings.happened();
  }

  private void begin(Pending request) {
    inFlight.add(request);
    send.accept(request);
  }
}
