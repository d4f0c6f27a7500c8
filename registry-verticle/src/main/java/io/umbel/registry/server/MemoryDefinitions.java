package io.umbel.registry.server;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What servers offer, where there is no database: known until the node ends, and nowhere else. */
public final class MemoryDefinitions implements Definitions {

  private final Map<Server.Key, List<Definition>> definitions = new ConcurrentHashMap<>();
  private final Map<Server.Key, Standing> standings = new ConcurrentHashMap<>();
  private final List<Consumer<Server.Key>> watchers = new CopyOnWriteArrayList<>();

  @Override
  public Future<List<Definition>> of(Server.Key server) {
    return Future.succeededFuture(definitions.getOrDefault(server, List.of()));
  }

  @Override
  public Future<Standing> standing(Server.Key server) {
    return Future.succeededFuture(standings.getOrDefault(server, Standing.UNKNOWN));
  }

  @Override
  public Future<Difference> found(Server.Key server, List<Definition> found) {
    var finding = Finding.of(definitions.getOrDefault(server, List.of()), found);
    if (finding.isNews()) {
      definitions.put(server, finding.all());
      tell(server);
    }
    return Future.succeededFuture(finding.difference());
  }

  @Override
  public Future<Void> stands(Server.Key server, Standing standing) {
    var before = standings.put(server, standing);
    var same = before != null
        && before.healthy() == standing.healthy()
        && Objects.equals(before.error(), standing.error())
        && before.facts().equals(standing.facts());
    if (!same) {
      tell(server);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> approve(Server.Key server, List<String> names) {
    definitions.computeIfPresent(
        server,
        (key, all) -> all.stream()
            .map(each -> names.isEmpty() || names.contains(each.name()) ? approved(each) : each)
            .toList());
    tell(server);
    return Future.succeededFuture();
  }

  private static Definition approved(Definition one) {
    return one.state() == State.CHANGED || one.state() == State.SHADOWING
        ? new Definition(one.kind(), one.name(), one.json(), null, State.APPROVED, one.hash())
        : one;
  }

  @Override
  public void onChange(Consumer<Server.Key> server) {
    watchers.add(server);
  }

  private void tell(Server.Key server) {
    watchers.forEach(watcher -> watcher.accept(server));
  }
}
