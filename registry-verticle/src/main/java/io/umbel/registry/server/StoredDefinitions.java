package io.umbel.registry.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What servers offer, as the database says: read when first asked for, kept until it changes.
 * Changes made here are known here when their future completes, and elsewhere within 2 s.
 */
final class StoredDefinitions implements Definitions {

  private static final long MOST_BYTES = 128L * 1024 * 1024;
  private static final int USUAL_BYTES = 2_000;

  private final Pool pool;
  private final DefinitionTable table;
  private final Tell tell;
  private final List<Consumer<Server.Key>> watchers = new CopyOnWriteArrayList<>();
  private final Cache<Server.Key, Future<Known>> known = Caffeine.newBuilder()
      .maximumWeight(MOST_BYTES)
      .weigher((Server.Key key, Future<Known> read) -> weight(read))
      .build();

  private record Known(List<Definition> all, Standing standing) {}

  /** Tells other nodes that a server's offers or standing are of that version. */
  @FunctionalInterface
  interface Tell {
    void that(String account, UUID server, long version);
  }

  StoredDefinitions(Pool pool, Tell tell) {
    this.pool = pool;
    this.table = new DefinitionTable(pool);
    this.tell = tell;
  }

  @Override
  public Future<List<Definition>> of(Server.Key server) {
    return read(server).map(Known::all);
  }

  @Override
  public Future<Standing> standing(Server.Key server) {
    return read(server).map(Known::standing);
  }

  @Override
  public Future<Difference> found(Server.Key server, List<Definition> definitions) {
    return of(server).compose(before -> {
      var finding = Finding.of(before, definitions);
      return finding.isNews()
          ? change(server, in -> in.of(server).compose(now -> put(in, server, now, definitions)))
              .map(done -> done == null ? new Difference(0, 0, 0) : done)
          : Future.succeededFuture(finding.difference());
    });
  }

  private static Future<Difference> put(
      DefinitionTable in, Server.Key server, List<Definition> now, List<Definition> found) {
    var finding = Finding.of(now, found);
    return in.put(server, now, finding.all()).map(finding.difference());
  }

  /** That it was asked again, and all is as it was, is no news for other nodes. */
  @Override
  public Future<Void> stands(Server.Key server, Standing standing) {
    var read = read(server);
    return read.compose(before -> isNews(before.standing(), standing)
        ? change(server, in -> in.stands(server, standing)).mapEmpty()
        : table.stands(server, standing).onSuccess(done -> {
          var now = Future.succeededFuture(new Known(before.all(), standing));
          known.asMap().replace(server, read, now);
        }));
  }

  private static boolean isNews(Standing before, Standing now) {
    return before.checkedAt() == null
        || before.healthy() != now.healthy()
        || !Objects.equals(before.error(), now.error())
        || !Objects.equals(before.scannedAt(), now.scannedAt())
        || !before.facts().equals(now.facts());
  }

  @Override
  public Future<Void> approve(Server.Key server, List<String> names) {
    return change(server, in -> in.approve(server, names)).mapEmpty();
  }

  @Override
  public void onChange(Consumer<Server.Key> server) {
    watchers.add(server);
  }

  /** When each was first found, by kind and name. */
  Future<Map<String, Instant>> discovered(Server.Key server) {
    return table.discovered(server);
  }

  /** What is known of it is of no use any more; null for everything. */
  void forget(Server.Key server) {
    if (server == null) {
      var all = List.copyOf(known.asMap().keySet());
      known.invalidateAll();
      all.forEach(this::tellHere);
    } else {
      known.invalidate(server);
      tellHere(server);
    }
  }

  private void tellHere(Server.Key server) {
    watchers.forEach(watcher -> watcher.accept(server));
  }

  /** Null where the server is not there any more. */
  private <T> Future<T> change(Server.Key server, Function<DefinitionTable, Future<T>> work) {
    return pool.withTransaction(transaction -> change(server, work, transaction))
        .onSuccess(done -> {
          if (done.version() > 0) {
            forget(server);
            tell.that(server.account(), server.id(), done.version());
          }
        })
        .map(Done::result);
  }

  private static <T> Future<Done<T>> change(
      Server.Key server, Function<DefinitionTable, Future<T>> work, SqlClient transaction) {
    var in = new DefinitionTable(transaction);
    return in.isThere(server)
        .compose(there -> there
            ? ChangeFeed.raise(transaction, server.account(), server.id())
                .compose(version -> work.apply(in).map(result -> new Done<>(result, version)))
            : Future.succeededFuture(new Done<>(null, 0)));
  }

  private Future<Known> read(Server.Key server) {
    var read = known.get(server, this::readNow);
    if (!read.succeeded()) {
      read.onSuccess(done -> known.asMap().replace(server, read, read)) // weighed again
          .onFailure(failure -> known.asMap().remove(server, read));
    }
    return read;
  }

  private Future<Known> readNow(Server.Key server) {
    return table
        .of(server)
        .compose(all -> table
            .standing(server)
            .map(standing -> new Known(List.copyOf(all), standing.orElse(Standing.UNKNOWN))));
  }

  private static int weight(Future<Known> read) {
    return USUAL_BYTES * (1 + (read.succeeded() ? read.result().all().size() : 0));
  }

  private record Done<T>(T result, long version) {}
}
