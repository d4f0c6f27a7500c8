package io.umbel.tools.compliance.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In PostgreSQL, for all nodes: one row for each account and day, for 30 days. */
final class StoredBudget implements Budget {

  private static final Logger LOG = LoggerFactory.getLogger(StoredBudget.class);

  private static final String TAKE = """
      INSERT INTO spent_tokens AS spent (account, day, tokens)
      SELECT $1, $2, $3 WHERE $3::bigint <= $4::bigint
      ON CONFLICT (account, day) DO UPDATE SET tokens = spent.tokens + excluded.tokens
      WHERE spent.tokens + excluded.tokens <= $4
      RETURNING tokens
      """;

  private static final String SETTLE = """
      UPDATE spent_tokens SET tokens = greatest(0, tokens + $3) WHERE account = $1 AND day = $2
      """;

  private static final String FORGET = "DELETE FROM spent_tokens WHERE day < $1";

  private static final long DAY_MILLIS = 24 * 60 * 60 * 1000;
  private static final int KEPT_DAYS = 30;

  private final Pool pool;
  private final Clock clock;
  private final long daily;

  private StoredBudget(Pool pool, Clock clock, long daily) {
    this.pool = pool;
    this.clock = clock;
    this.daily = daily;
  }

  static Budget open(Vertx vertx, Pool pool, Clock clock, long daily) {
    var budget = new StoredBudget(pool, clock, daily);
    vertx.setPeriodic(
        DAY_MILLIS,
        day -> budget
            .forgetBefore(budget.today().minusDays(KEPT_DAYS))
            .onFailure(why -> LOG.warn("Old counts of tokens stay: {}", why.getMessage())));
    return budget;
  }

  @Override
  public Future<Optional<Share>> take(String account, long tokens) {
    var day = today();
    return pool.preparedQuery(TAKE)
        .execute(Tuple.of(account, day, tokens, daily))
        .map(rows ->
            rows.size() == 0 ? Optional.empty() : Optional.of(new Share(account, day, tokens)));
  }

  @Override
  public Future<Void> settle(Share share, long used) {
    return pool.preparedQuery(SETTLE)
        .execute(Tuple.of(share.account(), share.day(), used - share.tokens()))
        .mapEmpty();
  }

  Future<Void> forgetBefore(LocalDate day) {
    return pool.preparedQuery(FORGET).execute(Tuple.of(day)).mapEmpty();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
