package io.umbel.gateway.store;

import io.umbel.contract.Node;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.identity.Identity.Registers;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * The gateway's own schema: what accounts have, how it is read on the hot path, and how it is
 * changed. Belongs to one gateway verticle; what it hands out is thread-safe.
 */
public final class AccountStore {

  private static final String SCHEMA = "gateway";
  private static final String NEXT_VERSION = """
      INSERT INTO accounts (account) VALUES ($1)
      ON CONFLICT (account)
        DO UPDATE SET version = accounts.version + 1, changed = pg_current_xact_id()
      RETURNING version
      """;

  private final Database database;
  private final ChangeFeed feed;
  private final KeyUses uses;
  private final Accounts accounts;
  private final Registers registers;

  private AccountStore(Vertx vertx, Database database) {
    this.database = database;
    feed = new ChangeFeed(vertx, database.pool());
    uses = new KeyUses(vertx, database.pool(), Node.of(vertx).clock());
    accounts = new StoredAccounts(new Snapshots(database.pool()), feed);
    registers =
        new Registers(new StoredApiKeys(database.pool(), feed, uses), new AgentStanding(accounts));
  }

  /**
   * Opens the schema in the node's database; nothing where the node has none.
   *
   * @return fails with {@link io.umbel.storage.StorageRefusal}
   */
  public static Future<Optional<AccountStore>> open(Vertx vertx) {
    return DatabaseUrl.find(vertx).isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : Database.open(vertx, SCHEMA)
            .map(database -> new AccountStore(vertx, database))
            .compose(store -> store.feed.open().map(ready -> store))
            .onSuccess(store -> store.uses.open())
            .map(Optional::of);
  }

  /** What accounts have, as windows and calls need it. */
  public Accounts accounts() {
    return accounts;
  }

  /** What clients are known by. */
  public Registers registers() {
    return registers;
  }

  /** Connections to the schema. */
  public Pool pool() {
    return database.pool();
  }

  /** What that account has, to be read. */
  public Rows rows(String account) {
    return new Rows(database.pool(), account);
  }

  /**
   * Changes something of an account: all of it or, where the future fails, nothing. Changes of one
   * account are made one after another; when this completes all nodes are being told.
   *
   * @param work what to do; its second argument is the connection of the transaction
   */
  public <T> Future<T> change(String account, Work<T> work) {
    return database
        .pool()
        .withTransaction(connection -> connection
            .preparedQuery(NEXT_VERSION)
            .execute(Tuple.of(account))
            .map(rows -> rows.iterator().next().getLong(0))
            .compose(version -> work.in(new Rows(connection, account), connection)
                .map(done -> new Done<>(done, version))))
        .onSuccess(done -> feed.changed(account, done.version()))
        .map(Done::result);
  }

  public Future<Void> close() {
    feed.close();
    return uses.close().eventually(database::close);
  }

  /** What is done to an account within a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    Future<T> in(Rows rows, SqlConnection connection);
  }

  private record Done<T>(T result, long version) {}
}
