package io.umbel.tools.search.vectors;

import io.umbel.storage.RowSecurity;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives texts the vectors that they lack, beside the reading of an account and not in its way. A
 * model that fails is left alone for a while; what it did not get to see then waits. Of several
 * instances one asks it for an account at a time.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public final class Filling {

  private static final Logger LOG = LoggerFactory.getLogger(Filling.class);
  private static final int AT_ONCE = 32;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final String CLAIM = """
      UPDATE accounts SET filled_by = $2, filled_until = now() + interval '60 seconds'
      WHERE account = $1 AND (filled_by = $2 OR filled_until < now())
      """;
  private static final String LET_GO = """
      UPDATE accounts SET filled_by = NULL, filled_until = '-infinity'
      WHERE account = $1 AND filled_by = $2
      """;

  private final Pool pool;
  private final RowSecurity rows;
  private final Embeddings embeddings;
  private final Clock clock;
  private final String instance = UUID.randomUUID().toString();
  private final Set<String> open = new HashSet<>();
  private Instant pausedUntil = Instant.MIN;

  public Filling(Pool pool, RowSecurity rows, Embeddings embeddings, Clock clock) {
    this.pool = pool;
    this.rows = rows;
    this.embeddings = embeddings;
    this.clock = clock;
  }

  /** Begins to, unless that has begun. What comes meanwhile is had too, or else a minute later. */
  public void begin(String account) {
    if (!clock.instant().isBefore(pausedUntil) && open.add(account)) {
      goOn(account)
          .onFailure(this::pause)
          .eventually(() -> pool.preparedQuery(LET_GO).execute(Tuple.of(account, instance)))
          .onComplete(done -> open.remove(account));
    }
  }

  private Future<Void> goOn(String account) {
    return pool.preparedQuery(CLAIM)
        .execute(Tuple.of(account, instance))
        .compose(claimed -> claimed.rowCount() == 0 ? Future.succeededFuture(false) : some(account))
        .compose(more -> more ? goOn(account) : Future.succeededFuture());
  }

  /** Whether there may be more. */
  private Future<Boolean> some(String account) {
    return rows.within(
            account,
            transaction ->
                new VectorRows(transaction, account).lacking(embeddings.model(), AT_ONCE))
        .compose(texts -> texts.isEmpty()
            ? Future.succeededFuture(false)
            : embeddings
                .ofTexts(texts.stream().map(VectorRows.Lacking::text).toList())
                .compose(vectors -> rows.within(
                    account,
                    transaction -> new VectorRows(transaction, account)
                        .keep(embeddings.model(), texts, vectors)))
                .map(true));
  }

  private void pause(Throwable why) {
    LOG.warn("No vectors are made for {} s: {}", PAUSE.toSeconds(), why.getMessage());
    pausedUntil = clock.instant().plus(PAUSE);
  }
}
