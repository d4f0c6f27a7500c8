package io.umbel.gateway.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When keys were last used: noted in memory, written once a minute and at the end. What could not
 * be written is not worth a second attempt.
 */
final class KeyUses {

  private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);
  private static final long PAUSE_MILLIS = 60_000;
  private static final int MOST = 20_000;
  private static final String WRITE = """
      UPDATE api_keys SET last_used_at = greatest(last_used_at, $3)
      WHERE account = $1 AND id = $2
      """;

  private final Vertx vertx;
  private final Pool pool;
  private final Clock clock;
  private final Map<String, Use> noted = new ConcurrentHashMap<>();
  private long timer;

  private record Use(String account, String key, long at) {}

  KeyUses(Vertx vertx, Pool pool, Clock clock) {
    this.vertx = vertx;
    this.pool = pool;
    this.clock = clock;
  }

  void open() {
    timer = vertx.setPeriodic(PAUSE_MILLIS, due -> write());
  }

  /** That key is used now. */
  void note(String account, String key) {
    if (noted.size() < MOST || noted.containsKey(key)) {
      noted.put(key, new Use(account, key, clock.millis()));
    }
  }

  /** Writes what was noted; never fails. */
  Future<Void> write() {
    var batch = new ArrayList<Tuple>();
    noted.values().removeIf(use -> batch.add(tuple(use)));
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(WRITE)
        .executeBatch(batch)
        .<Void>mapEmpty()
        .onFailure(why -> LOG.warn("When keys were last used is not written: {}", why.getMessage()))
        .otherwiseEmpty();
  }

  Future<Void> close() {
    vertx.cancelTimer(timer);
    return write();
  }

  private static Tuple tuple(Use use) {
    var at = OffsetDateTime.ofInstant(java.time.Instant.ofEpochMilli(use.at()), ZoneOffset.UTC);
    return Tuple.of(use.account(), use.key(), at);
  }
}
