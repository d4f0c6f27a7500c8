package io.umbel.tools.compliance.model;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** In memory, for a node without a database: for this instance alone. For one thread. */
final class RememberedBudget implements Budget {

  private final Clock clock;
  private final long daily;
  private final Map<String, Long> used = new HashMap<>();
  private LocalDate today;

  RememberedBudget(Clock clock, long daily) {
    this.clock = clock;
    this.daily = daily;
  }

  @Override
  public Future<Optional<Share>> take(String account, long tokens) {
    var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!day.equals(today)) {
      used.clear();
      today = day;
    }
    var before = used.getOrDefault(account, 0L);
    if (before + tokens > daily) {
      return Future.succeededFuture(Optional.empty());
    }
    used.put(account, before + tokens);
    return Future.succeededFuture(Optional.of(new Share(account, day, tokens)));
  }

  @Override
  public Future<Void> settle(Share share, long spent) {
    if (share.day().equals(today)) {
      used.merge(share.account(), spent - share.tokens(), Long::sum);
    }
    return Future.succeededFuture();
  }
}
