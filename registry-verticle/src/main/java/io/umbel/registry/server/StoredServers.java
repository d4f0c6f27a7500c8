package io.umbel.registry.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that accounts registered: all of them in memory, an account's read again when it has
 * changed. One whose secrets cannot be read is not among them.
 */
final class StoredServers implements Servers {

  private static final Logger LOG = LoggerFactory.getLogger(StoredServers.class);
  private static final long AGAIN_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 1_000;

  private final Vertx vertx;
  private final ServerTable table;
  private final Supplier<Future<Boolean>> believed;
  private final Map<String, List<Server>> known = new ConcurrentHashMap<>();
  private final Map<String, Long> reading = new ConcurrentHashMap<>();
  private final Map<String, Long> taken = new ConcurrentHashMap<>();
  private final Set<String> unread = ConcurrentHashMap.newKeySet();
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private volatile Future<Void> everything = Future.succeededFuture();
  private long reads;

  /**
   * Those of that table.
   *
   * @param believed whether what was read may be used
   */
  StoredServers(Vertx vertx, ServerTable table, Supplier<Future<Boolean>> believed) {
    this.vertx = vertx;
    this.table = table;
    this.believed = believed;
  }

  /** Reads all there are; what changes meanwhile is read on its own. */
  Future<Void> open() {
    var fresh = new HashMap<String, List<Server>>();
    reading.clear();
    return page(fresh, "", ChangeFeed.LIST).onSuccess(done -> {
      fresh.keySet().removeAll(reading.keySet());
      known.keySet().retainAll(reading.keySet());
      known.putAll(fresh);
      unread.retainAll(reading.keySet());
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

  /**
   * Reads what that account has now, then tells those who want to know. It has changed, so where it
   * cannot be read in time, what was read before is not used any longer.
   */
  Future<Void> read(String account) {
    var read = ++reads;
    reading.put(account, read);
    return table
        .of(account)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .<Void>compose(
            all -> {
              took(account, read, usable(all));
              tell(account);
              return Future.succeededFuture();
            },
            failure -> {
              LOG.warn("Which servers an account has cannot be read: {}", failure.getMessage());
              if (isLast(account, read) && unread.add(account)) {
                tell(account);
              }
              again(account, read);
              return Future.failedFuture(failure);
            });
  }

  /** It shows all that was there when it began: more than any that began before. */
  private void took(String account, long read, List<Server> all) {
    if (taken.merge(account, read, Math::max) == read) {
      known.put(account, all);
    }
    if (isLast(account, read)) {
      unread.remove(account);
    }
  }

  private boolean isLast(String account, long read) {
    return Long.valueOf(read).equals(reading.get(account));
  }

  private void again(String account, long read) {
    vertx.setTimer(AGAIN_MILLIS, due -> {
      if (isLast(account, read)) {
        read(account);
      }
    });
  }

  /** Reads everything again: it may be another database, or nobody knows what was missed. */
  void readAll() {
    var read = open();
    everything = read;
    tell(null);
    read.onSuccess(done -> tell(null))
        .onFailure(failure -> vertx.setTimer(AGAIN_MILLIS, due -> {
          if (everything == read) {
            readAll();
          }
        }));
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
    return believed
        .get()
        .compose(yes -> yes ? everything : Future.failedFuture(new StoreAway()))
        .transform(read -> read.succeeded() && !unread.contains(account)
            ? Future.succeededFuture(known.getOrDefault(account, List.of()))
            : Future.failedFuture(new StoreAway()));
  }

  @Override
  public Future<Void> refresh(String account) {
    return read(account);
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
