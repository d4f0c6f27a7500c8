package io.umbel.tools.compliance.model;

import io.umbel.contract.Node;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
   * @param daily how many tokens an account has each day
   */
  static Future<Budget> open(Vertx vertx, String schema, long daily) {
    var clock = Node.of(vertx).clock();
    return DatabaseUrl.find(vertx).isEmpty()
        ? Future.succeededFuture(new RememberedBudget(clock, daily))
        : Database.open(vertx, schema)
            .map(database -> StoredBudget.open(vertx, database.pool(), clock, daily));
  }
}
