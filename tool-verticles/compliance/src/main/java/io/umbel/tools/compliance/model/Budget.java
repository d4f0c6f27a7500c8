package io.umbel.tools.compliance.model;

import io.umbel.contract.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How many tokens each account has used today. What a question may cost is set aside before it is
 * asked, so that questions at once do not use more than there is.
 */
public interface Budget {

  /**
   * What was set aside.
   *
   * @param day in UTC
   */
  record Share(String account, LocalDate day, long tokens) {}

  /** Sets that much aside; nothing where so much is not left. */
  Future<Optional<Share>> take(String account, long tokens);

  /** What the question really used, in the end. */
  Future<Void> settle(Share share, long used);

  /**
   * That of this node: for all nodes in its database, or where it has none in its memory.
   *
   * @param database its tables, or nothing
   * @param daily how many tokens an account has each day
   */
  static Budget of(Vertx vertx, Optional<Pool> database, long daily) {
    var clock = Node.of(vertx).clock();
    return database
        .map(pool -> StoredBudget.open(vertx, pool, clock, daily))
        .orElseGet(() -> new RememberedBudget(clock, daily));
  }
}
