package io.umbel.registry.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that accounts registered: all of them in memory, an account's read again when it has
 * changed. One whose secrets cannot be read is not among them.
 */
final class StoredServers implements Servers {

  private static final Logger LOG = LoggerFactory.getLogger(StoredServers.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final Vertx vertx;
  private final ServerTable table;
  private final BooleanSupplier trusted;
  private final Map<String, List<Server>> known = new ConcurrentHashMap<>();
  private final Map<String, Long> reading = new ConcurrentHashMap<>();
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private long reads;

  /**
   * Those of that table.
   *
   * @param trusted whether what was read may be used
   */
  StoredServers(Vertx vertx, ServerTable table, BooleanSupplier trusted) {
    this.vertx = vertx;
    this.table = table;
    this.trusted = trusted;
  }

  /** Reads all there are; what changes meanwhile is read on its own. */
  Future<Void> open() {
    var fresh = new HashMap<String, List<Server>>();
    reading.clear();
    return page(fresh, "", ChangeFeed.LIST).onSuccess(done -> {
      fresh.keySet().removeAll(reading.keySet());
      known.keySet().retainAll(reading.keySet());
      known.putAll(fresh);
    });
  }

  private Future<Void> page(Map<String, List<Server>> into, String account, UUID id) {
    return table.after(account, id).compose(page -> {
      page.forEach(stored -> stored
          .server()
          .ifPresent(server ->
              into.merge(stored.key().account(), List.of(server), StoredServers::joined)));
      var last = page.isEmpty() ? null : page.get(page.size() - 1).key();
      return last == null ? Future.succeededFuture() : page(into, last.account(), last.id());
    });
  }

  private static List<Server> joined(List<Server> some, List<Server> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(Comparator.comparing(Server::namespace));
    return List.copyOf(all);
  }

  /** Reads what that account has now, then tells those who want to know. */
  Future<Void> read(String account) {
    var read = ++reads;
    reading.put(account, read);
    return table
        .of(account)
        .<Void>compose(
            all -> {
              if (Long.valueOf(read).equals(reading.get(account))) {
                known.put(account, usable(all));
              }
              tell(account);
              return Future.succeededFuture();
            },
            failure -> {
              LOG.warn("Which servers an account has cannot be read: {}", failure.getMessage());
              again(account, read);
              return Future.failedFuture(failure);
            });
  }

  private void again(String account, long read) {
    vertx.setTimer(AGAIN_MILLIS, due -> {
      if (Long.valueOf(read).equals(reading.get(account))) {
        read(account);
      }
    });
  }

  /** Reads everything again: it may be another database, or nobody knows what was missed. */
  void readAll() {
    if (!trusted.getAsBoolean()) {
      tell(null);
      return;
    }
    open()
        .onSuccess(done -> tell(null))
        .onFailure(failure -> vertx.setTimer(AGAIN_MILLIS, due -> readAll()));
  }

  void tell(String account) {
    watchers.forEach(watcher -> watcher.accept(account));
  }

  private static List<Server> usable(List<StoredServer> all) {
    return all.stream()
        .flatMap(stored -> stored.server().stream())
        .sorted(Comparator.comparing(Server::namespace))
        .toList();
  }

  @Override
  public Future<List<Server>> of(String account) {
    return trusted.getAsBoolean()
        ? Future.succeededFuture(known.getOrDefault(account, List.of()))
        : Future.failedFuture(new StoreAway());
  }

  @Override
  public Future<Optional<Server>> find(String account, UUID id) {
    return of(account)
        .map(all -> all.stream().filter(server -> server.key().id().equals(id)).findFirst());
  }

  @Override
  public Future<List<Server>> everyone() {
    return Future.succeededFuture(known.values().stream().flatMap(List::stream).toList());
  }

  @Override
  public void onChange(Consumer<String> account) {
    watchers.add(account);
  }
}
