package io.umbel.gateway.changes;

import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Window;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.changes.Changes.Watcher;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The streams of one caller, and what that caller saw when they were last told. */
final class Audience {

  private static final long NO_TIMER = -1;
  private static final Set<String> ALL =
      Arrays.stream(Kind.values()).map(Kind::changed).collect(Collectors.toUnmodifiableSet());

  private final Vertx vertx;
  private final Windows windows;
  private final Caller caller;
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private Window seen;
  private boolean concerned;
  private long timer = NO_TIMER;

  Audience(Vertx vertx, Windows windows, Caller caller) {
    this.vertx = vertx;
    this.windows = windows;
    this.caller = caller;
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
    if (watchers.size() == 1) {
      windows.of(caller).onSuccess(this::sees);
    }
  }

  /** Whether nobody is left. */
  boolean remove(Watcher watcher) {
    watchers.remove(watcher);
    if (watchers.isEmpty()) {
      cancelTimer();
    }
    return watchers.isEmpty();
  }

  int size() {
    return watchers.size();
  }

  /** Whether it is to look again, now or since before. */
  boolean isConcerned(Predicate<Caller> whose) {
    concerned |= whose.test(caller);
    return concerned;
  }

  /** Looks again, if there is reason to, and tells which lists are others. */
  void look() {
    if (concerned && seen != null) {
      concerned = false;
      windows.of(caller).onSuccess(this::sees);
    }
  }

  void resourceChanged(String uri, String account) {
    if (account == null || account.equals(caller.account())) {
      windows
          .of(caller)
          .map(window -> uri != null && window.findResource(uri).isPresent())
          .onSuccess(readable -> {
            if (readable) {
              List.copyOf(watchers).forEach(watcher -> watcher.resourceChanged(uri));
            }
          });
    }
  }

  /** What any of them wants to hear of. */
  Set<String> resources() {
    var all = new LinkedHashSet<String>();
    watchers.forEach(watcher -> all.addAll(watcher.resources()));
    return all;
  }

  void closing() {
    List.copyOf(watchers).forEach(Watcher::closing);
  }

  /** What is seen first is no change, unless there was one while it was being found out. */
  private void sees(Window now) {
    var before = seen;
    seen = now;
    if (before == null && concerned) {
      concerned = false;
      tell(ALL);
    } else if (before != null && before != now) {
      tell(changed(before, now));
    }
    lookAgainAt(now.until());
  }

  private void tell(Set<String> lists) {
    for (var list : lists) {
      List.copyOf(watchers).forEach(watcher -> watcher.listChanged(list));
    }
  }

  private static Set<String> changed(Window before, Window now) {
    var changed = new LinkedHashSet<String>();
    for (var kind : Kind.values()) {
      if (!before.hasSameAs(now, kind)) {
        changed.add(kind.changed());
      }
    }
    return changed;
  }

  /** Where a window is over at some time, nobody says so. */
  private void lookAgainAt(long until) {
    cancelTimer();
    if (until < Long.MAX_VALUE && !watchers.isEmpty()) {
      var delay = Math.max(1, until - Node.of(vertx).clock().millis());
      timer = vertx.setTimer(delay, passed -> {
        timer = NO_TIMER;
        concerned = true;
        look();
      });
    }
  }

  private void cancelTimer() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }
}
