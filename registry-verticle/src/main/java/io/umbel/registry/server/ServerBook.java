package io.umbel.registry.server;

import io.umbel.registry.server.ServerStore.Opened;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the servers that accounts registered are put down. When a change completes this node knows
 * it and all others are being told.
 */
public final class ServerBook {

  private static final String NOT_UNIQUE = "23505";

  private final Opened store;

  ServerBook(Opened store) {
    this.store = store;
  }

  /** What an account registered, by name; also what cannot be used. */
  public Future<List<StoredServer>> of(String account) {
    return store.table.of(account);
  }

  /** One of them. */
  public Future<Optional<StoredServer>> find(Server.Key key) {
    return store.table.find(key);
  }

  /** When each definition of a server was first found, by kind and name. */
  public Future<Map<String, Instant>> discovered(Server.Key key) {
    return store.definitions.discovered(key);
  }

  /**
   * Puts a new one down.
   *
   * @param said what was said of it, with its secrets
   * @param most how many an account may have
   * @return fails with {@link Taken} or {@link Full}
   */
  public Future<StoredServer> insert(Server.Key key, JsonObject said, int most) {
    return change(
        key,
        in -> in.of(key.account())
            .compose(all -> all.size() < most
                ? in.insert(key, said)
                : Future.failedFuture(new Full(all.size()))));
  }

  /**
   * Puts down what is said of one now.
   *
   * @param known the version it must be of
   * @return as it is then; fails with {@link Stale}, {@link Taken} or {@link Gone}
   */
  public Future<StoredServer> update(Server.Key key, JsonObject said, long known) {
    return change(key, in -> current(in, key, known).compose(there -> in.update(key, said)));
  }

  /**
   * Strikes one out, and all that it offered.
   *
   * @param known the version it must be of, or 0 for any
   * @return as it was; fails with {@link Stale} or {@link Gone}
   */
  public Future<StoredServer> delete(Server.Key key, long known) {
    return change(
        key,
        in -> current(in, key, known)
            .compose(there -> in.delete(key).compose(gone -> in.forget(key)).map(there)));
  }

  private static Future<StoredServer> current(ServerTable in, Server.Key key, long known) {
    return in.find(key).map(found -> {
      var there = found.orElseThrow(Gone::new);
      if (known > 0 && there.version() != known) {
        throw new Stale(there.version());
      }
      return there;
    });
  }

  private <T> Future<T> change(Server.Key key, Function<ServerTable, Future<T>> work) {
    return store
        .database
        .pool()
        .withTransaction(transaction -> change(key, work, transaction))
        .recover(failure -> Future.failedFuture(taken(failure)))
        .compose(done -> store
            .servers
            .read(key.account())
            .otherwiseEmpty()
            .onSuccess(known -> store.feed.changed(key.account(), ChangeFeed.LIST, done.version()))
            .map(known -> done.result()));
  }

  private <T> Future<Done<T>> change(
      Server.Key key, Function<ServerTable, Future<T>> work, SqlConnection transaction) {
    return ChangeFeed.raise(transaction, key.account(), ChangeFeed.LIST)
        .compose(version ->
            work.apply(store.table.in(transaction)).map(result -> new Done<>(result, version)));
  }

  private static Throwable taken(Throwable failure) {
    return failure instanceof PgException database && NOT_UNIQUE.equals(database.getSqlState())
        ? new Taken(String.valueOf(database.getConstraint()).endsWith("namespace"))
        : failure;
  }

  private record Done<T>(T result, long version) {}

  /** Why something cannot be put down. An answer, so it has no stack. */
  public abstract static sealed class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refused(String why) {
      super(why, null, false, false);
    }
  }

  /** Another one of the account has that name or namespace. */
  public static final class Taken extends Refused {

    private static final long serialVersionUID = 1L;

    Taken(boolean namespace) {
      super(namespace ? "namespace" : "name");
    }
  }

  /** It is of another version by now. */
  public static final class Stale extends Refused {

    private static final long serialVersionUID = 1L;
    private final long version;

    Stale(long version) {
      super("version");
      this.version = version;
    }

    /** The one it is of. */
    public long version() {
      return version;
    }
  }

  /** It is not there, or somebody else's. */
  public static final class Gone extends Refused {

    private static final long serialVersionUID = 1L;

    Gone() {
      super("gone");
    }
  }

  /** The account has as many as it may have. */
  public static final class Full extends Refused {

    private static final long serialVersionUID = 1L;

    Full(int count) {
      super(String.valueOf(count));
    }
  }
}
