package io.umbel.registry;

import io.umbel.registry.server.Server;
import io.umbel.registry.server.Servers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Servers that a test registers, changes and removes. */
final class ServersInMemory implements Servers {

  private final Map<UUID, Server> servers = new ConcurrentHashMap<>();
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

  /** There is such a server now, or it is another now. */
  void put(Server server) {
    servers.put(server.key().id(), server);
    tell(server);
  }

  /** There is no such server any longer. */
  void remove(Server server) {
    servers.remove(server.key().id());
    tell(server);
  }

  @Override
  public Future<List<Server>> of(String account) {
    var all = new ArrayList<>(servers.values());
    all.removeIf(each -> !each.key().account().equals(account) && !each.key().isOperators());
    all.sort(Comparator.comparing((Server each) -> each.key().isOperators())
        .thenComparing(Server::namespace));
    return Future.succeededFuture(all);
  }

  @Override
  public Future<Optional<Server>> find(String account, UUID id) {
    return of(account)
        .map(all -> all.stream().filter(each -> each.key().id().equals(id)).findFirst());
  }

  @Override
  public Future<List<Server>> everyone() {
    return Future.succeededFuture(List.copyOf(servers.values()));
  }

  @Override
  public void onChange(Consumer<String> account) {
    watchers.add(account);
  }

  private void tell(Server server) {
    var account = server.key().isOperators() ? null : server.key().account();
    watchers.forEach(watcher -> watcher.accept(account));
  }
}
