package io.umbel.registry;

import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Server;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Definitions that are forgotten with the test. */
final class DefinitionsInMemory implements Definitions {

  private final Map<Server.Key, List<Definition>> known = new ConcurrentHashMap<>();
  private final Map<Server.Key, Standing> standings = new ConcurrentHashMap<>();
  private final List<Consumer<Server.Key>> watchers = new CopyOnWriteArrayList<>();

  @Override
  public Future<List<Definition>> of(Server.Key server) {
    return Future.succeededFuture(known.getOrDefault(server, List.of()));
  }

  @Override
  public Future<Standing> standing(Server.Key server) {
    return Future.succeededFuture(standings.get(server));
  }

  @Override
  public Future<Difference> found(Server.Key server, List<Definition> found) {
    var all = new ArrayList<>(found);
    int added = 0;
    int updated = 0;
    int removed = 0;
    var before = known.getOrDefault(server, List.of());
    for (var each : found) {
      var old = named(before, each);
      added += old == null || old.state() == State.REMOVED ? 1 : 0;
      updated += old != null && !old.hash().equals(each.hash()) ? 1 : 0;
    }
    for (var old : before) {
      if (named(found, old) == null) {
        removed += old.state() == State.REMOVED ? 0 : 1;
        all.add(in(old, State.REMOVED));
      }
    }
    known.put(server, all);
    tell(server);
    return Future.succeededFuture(new Difference(added, updated, removed));
  }

  @Override
  public Future<Void> stands(Server.Key server, Standing standing) {
    standings.put(server, standing);
    tell(server);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> approve(Server.Key server, List<String> names) {
    known.computeIfPresent(
        server,
        (key, all) -> all.stream()
            .map(each -> names.isEmpty() || names.contains(each.name()) ? approved(each) : each)
            .toList());
    tell(server);
    return Future.succeededFuture();
  }

  @Override
  public void onChange(Consumer<Server.Key> server) {
    watchers.add(server);
  }

  private static Definition approved(Definition each) {
    return new Definition(each.kind(), each.name(), each.json(), null, State.APPROVED, each.hash());
  }

  private static Definition in(Definition each, State state) {
    return new Definition(
        each.kind(), each.name(), each.json(), each.approved(), state, each.hash());
  }

  private static Definition named(List<Definition> among, Definition like) {
    return among.stream()
        .filter(each -> each.kind() == like.kind() && each.name().equals(like.name()))
        .findFirst()
        .orElse(null);
  }

  private void tell(Server.Key server) {
    watchers.forEach(watcher -> watcher.accept(server));
  }
}
