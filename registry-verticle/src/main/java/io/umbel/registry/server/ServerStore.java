package io.umbel.registry.server;

import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.Vault;
import io.umbel.storage.VaultKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * All that is kept of upstream servers: in the schema {@code registry} of the node's database;
 * where it has none, the operator's servers only, and what they offer for as long as it runs.
 * Belongs to one verticle.
 */
public final class ServerStore {

  private static final String SCHEMA = "registry";

  private final Servers servers;
  private final Definitions definitions;
  private final Optional<ServerBook> book;
  private final Runnable farewell;
  private final Optional<Database> database;

  /**
   * How servers are kept.
   *
   * @param operators those that everyone has
   * @param keys what secrets are kept with, the newest first
   * @param pinned whether changed definitions stay hidden where nobody said otherwise
   * @param others whether all other registries that may change something answer
   */
  public record Keeping(
      List<Server> operators,
      List<VaultKey> keys,
      boolean pinned,
      Supplier<Future<Boolean>> others) {}

  private ServerStore(List<Server> operators) {
    servers = new AllServers(operators, Optional.empty());
    definitions = new MemoryDefinitions();
    book = Optional.empty();
    farewell = () -> {};
    database = Optional.empty();
  }

  private ServerStore(Opened opened, List<Server> operators) {
    servers = new AllServers(operators, Optional.of(opened.servers));
    definitions = opened.definitions;
    book = Optional.of(new ServerBook(opened));
    farewell = opened.feed::close;
    database = Optional.of(opened.database);
  }

  /**
   * Opens it, and has old secrets kept with the newest key.
   *
   * @return fails with {@link io.umbel.storage.StorageRefusal}
   */
  public static Future<ServerStore> open(Vertx vertx, Keeping keeping) {
    if (DatabaseUrl.find(vertx).isEmpty()) {
      return Future.succeededFuture(new ServerStore(keeping.operators()));
    }
    return Database.open(vertx, SCHEMA)
        .map(database -> new Opened(vertx, database, keeping))
        .compose(opened -> opened.begin().map(ready -> opened))
        .map(opened -> new ServerStore(opened, keeping.operators()));
  }

  /** Which servers there are. */
  public Servers servers() {
    return servers;
  }

  /** What they offer. */
  public Definitions definitions() {
    return definitions;
  }

  /** Where accounts' servers are put down; nothing where there is no database. */
  public Optional<ServerBook> book() {
    return book;
  }

  /** Follows changes no longer. */
  public Future<Void> close() {
    farewell.run();
    return database.map(Database::close).orElseGet(Future::succeededFuture);
  }

  /** The parts of one on a database. */
  static final class Opened {

    final Database database;
    final ServerTable table;
    final ChangeFeed feed;
    final StoredServers servers;
    final StoredDefinitions definitions;

    Opened(Vertx vertx, Database database, Keeping keeping) {
      this.database = database;
      table = new ServerTable(database.pool(), new Vault(keeping.keys()), keeping.pinned());
      feed = new ChangeFeed(vertx, database.pool(), this::changed, keeping.others());
      servers = new StoredServers(vertx, table, feed::believed);
      definitions = new StoredDefinitions(database.pool(), feed::changed);
    }

    private Future<Void> begin() {
      return feed.open()
          .compose(following -> table.reseal("", ChangeFeed.LIST))
          .compose(resealed -> servers.open());
    }

    /** Somewhere else, something has changed. */
    private void changed(String account, UUID subject) {
      if (account == null) {
        servers.readAll();
        definitions.forget(null);
      } else if (subject.equals(ChangeFeed.LIST)) {
        servers.read(account);
      } else {
        definitions.forget(new Server.Key(account, subject));
      }
    }
  }
}
