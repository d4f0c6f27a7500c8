package io.umbel.registry.bridge;

import io.umbel.registry.server.Server;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that gateways ask again when what an account has looks otherwise from here. Every
 * instance tells for itself, when it knows itself: whichever a gateway asks then knows it too.
 * Several changes in one moment are told once.
 */
public final class Views {

  private static final long MOMENT_MILLIS = 20;

  private final Vertx vertx;
  private final KnownHoldings holdings;
  private final Consumer<String> tell;
  private final Map<String, Optional<Holdings>> changed = new HashMap<>();

  /**
   * Views of accounts.
   *
   * @param tell is given an account, or null for all of them
   */
  public Views(Vertx vertx, KnownHoldings holdings, Consumer<String> tell) {
    this.vertx = vertx;
    this.holdings = holdings;
    this.tell = tell;
  }

  /** What that account has may be another from now on; null for everyone. */
  public void changed(String account) {
    var whose = account == null ? Server.Key.OPERATOR : account;
    if (changed.isEmpty()) {
      vertx.setTimer(MOMENT_MILLIS, due -> tell());
    }
    changed.merge(whose, Optional.ofNullable(holdings.forget(whose)), (first, later) -> first);
  }

  private void tell() {
    var all = Map.copyOf(changed);
    changed.clear();
    if (all.containsKey(Server.Key.OPERATOR)) {
      tell.accept(null);
      return;
    }
    all.forEach((account, before) -> holdings.of(account).onComplete(now -> {
      var same = now.succeeded()
          && before.isPresent()
          && before.get().offers().equals(now.result().offers());
      if (!same) {
        tell.accept(account);
      }
    }));
  }
}
