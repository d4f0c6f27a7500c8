package io.umbel.tools.search.index;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far each account is read, and by whom at the moment. */
final class Accounts {

  private static final String MEET =
      "INSERT INTO accounts (account) VALUES ($1) ON CONFLICT DO NOTHING";
  private static final String CLAIM = """
      UPDATE accounts SET claimed_by = $2, claimed_until = now() + interval '10 seconds',
        place = CASE WHEN read_at < now() - interval '60 days' THEN NULL ELSE place END,
        round = CASE WHEN read_at < now() - interval '60 days' THEN round + 1 ELSE round END,
        swept = swept AND read_at >= now() - interval '60 days'
      WHERE account = $1 AND (claimed_by = $2 OR claimed_until < now())
      RETURNING place, round, swept
      """;
  private static final String MOVE = """
      UPDATE accounts SET place = $4, claimed_until = now() + interval '10 seconds',
        read_at = now(), caught_up = caught_up OR $5, swept = swept OR $5
      WHERE account = $1 AND claimed_by = $2 AND place IS NOT DISTINCT FROM $3 AND round = $6
      """;
  private static final String IS_MINE =
      "SELECT 1 FROM accounts WHERE account = $1 AND claimed_by = $2 FOR UPDATE";
  private static final String LET_GO = """
      UPDATE accounts SET claimed_by = NULL, claimed_until = '-infinity'
      WHERE account = $1 AND claimed_by = $2
      """;
  private static final String LET_ALL_GO = """
      UPDATE accounts SET claimed_by = NULL, claimed_until = '-infinity' WHERE claimed_by = $1
      """;
  private static final String BEGIN_AGAIN = """
      INSERT INTO accounts (account) VALUES ($1) ON CONFLICT (account)
      DO UPDATE SET place = NULL, round = accounts.round + 1, swept = false
      """;
  private static final String NOT_READ_LATELY = """
      SELECT account FROM accounts
      WHERE read_at < now() - $1 * interval '1 second' AND claimed_until < now()
      ORDER BY read_at LIMIT $2
      """;

  private final Pool pool;
  private final String instance;

  Accounts(Pool pool, String instance) {
    this.pool = pool;
    this.instance = instance;
  }

  /**
   * How far an account is read.
   *
   * @param place what the source told as {@code after}, or null for the beginning
   * @param round how often it was begun again
   * @param isSwept whether what an older round left is gone
   */
  record Position(String place, long round, boolean isSwept) {}

  /** Knows an account; whether that is new. */
  Future<Boolean> meet(String account) {
    return pool.preparedQuery(MEET).execute(Tuple.of(account)).map(rows -> rows.rowCount() > 0);
  }

  /** Where to read on, or nothing where another instance does. */
  Future<Optional<Position>> claim(String account) {
    return pool.preparedQuery(CLAIM).execute(Tuple.of(account, instance)).map(rows -> {
      if (rows.size() == 0) {
        return Optional.empty();
      }
      var row = rows.iterator().next();
      return Optional.of(new Position(row.getString(0), row.getLong(1), row.getBoolean(2)));
    });
  }

  /** In a transaction of who writes: it is read up to there. Whether nobody else did so. */
  Future<Boolean> move(
      SqlClient transaction, String account, Position from, String to, boolean isEnd) {
    var values = Tuple.of(account, instance, from.place(), to, isEnd).addLong(from.round());
    return transaction.preparedQuery(MOVE).execute(values).map(rows -> rows.rowCount() == 1);
  }

  /** In a transaction of who writes: whether nobody else reads it, until that is over. */
  Future<Boolean> isMine(SqlClient transaction, String account) {
    return transaction
        .preparedQuery(IS_MINE)
        .execute(Tuple.of(account, instance))
        .map(rows -> rows.size() == 1);
  }

  Future<Void> letGo(String account) {
    return pool.preparedQuery(LET_GO).execute(Tuple.of(account, instance)).mapEmpty();
  }

  Future<Void> letAllGo() {
    return pool.preparedQuery(LET_ALL_GO).execute(Tuple.of(instance)).mapEmpty();
  }

  /** Everything of that account is to be read again. */
  Future<Void> beginAgain(String account) {
    return pool.preparedQuery(BEGIN_AGAIN).execute(Tuple.of(account)).mapEmpty();
  }

  /** Accounts that nobody has read for so long, those first that waited longest. */
  Future<List<String>> notReadFor(int seconds, int most) {
    return pool.preparedQuery(NOT_READ_LATELY).execute(Tuple.of(seconds, most)).map(rows -> {
      var all = new ArrayList<String>();
      rows.forEach(row -> all.add(row.getString(0)));
      return all;
    });
  }
}
