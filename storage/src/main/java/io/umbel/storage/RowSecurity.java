package io.umbel.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/**
 * Transactions that see the rows of one account, in a schema whose tables have policies such as
 * {@code USING (account = current_setting('umbel.account', true))} and force them on their owner. A
 * user whom no policy binds, as that of a PostgreSQL of our own is, acts in them as a role that
 * policies do bind ({@value #ROLE}, made here).
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-rowsecurity.html">Row Security
 *     Policies</a>
 */
public final class RowSecurity {

  /** Who acts for a user whom no policy binds. It cannot log in. */
  public static final String ROLE = "umbel_rows";

  private static final String IS_UNBOUND =
      "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";

  /** One after another, and again at each start: grants are of one database, roles of them all. */
  private static final String MAKE_ROLE = """
      DO $$ BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('umbel rows'));
        BEGIN
          CREATE ROLE %1$s NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
        GRANT USAGE ON SCHEMA %2$s TO %1$s;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %2$s TO %1$s;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA %2$s TO %1$s;
      END $$
      """;

  private static final String ENTER =
      "SELECT set_config('umbel.account', $1, true), set_config('role', $2, true)";

  private final Pool pool;
  private final String role;

  private RowSecurity(Pool pool, String role) {
    this.pool = pool;
    this.role = role;
  }

  /** That of a schema; fails where its user is bound by no policy and can make no role. */
  public static Future<RowSecurity> of(Database database) {
    var pool = database.pool();
    return pool.query(IS_UNBOUND)
        .execute()
        .compose(rows -> rows.iterator().next().getBoolean(0)
            ? pool.query(MAKE_ROLE.formatted(ROLE, database.schema()))
                .execute()
                .map(made -> new RowSecurity(pool, ROLE))
            : Future.succeededFuture(new RowSecurity(pool, "none")));
  }

  /** Does that in a transaction which sees, and can write, that account's rows and no other. */
  public <T> Future<T> within(String account, Function<SqlConnection, Future<T>> work) {
    return pool.withTransaction(transaction -> transaction
        .preparedQuery(ENTER)
        .execute(Tuple.of(account, role))
        .compose(entered -> work.apply(transaction)));
  }
}
