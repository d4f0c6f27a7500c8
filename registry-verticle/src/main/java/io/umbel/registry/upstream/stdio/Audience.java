package io.umbel.registry.upstream.stdio;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Notices;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All who share one way to a server: each hears its notices, and of the resources it watches. */
final class Audience implements Notices {

  private final Map<Object, Notices> hearing = new LinkedHashMap<>();
  private final Map<String, Set<Object>> watching = new HashMap<>();

  /** From now on this one hears. */
  void hear(Object who, Notices notices) {
    hearing.put(who, notices);
  }

  /** The server is told of the first who watches a resource, and of the last who does no longer. */
  Future<Void> watch(Upstream server, Object who, String uri, boolean wanted) {
    var watchers = watching.computeIfAbsent(uri, none -> new LinkedHashSet<>());
    var before = watchers.isEmpty();
    var changed = wanted ? watchers.add(who) : watchers.remove(who);
    if (watchers.isEmpty()) {
      watching.remove(uri);
    }
    return changed && before != watchers.isEmpty()
        ? server.watch(uri, wanted)
        : Future.succeededFuture();
  }

  /** This one neither hears nor watches any longer. */
  void leave(Upstream server, Object who) {
    hearing.remove(who);
    List.copyOf(watching.keySet()).forEach(uri -> watch(server, who, uri, false));
  }

  @Override
  public void listChanged(String list) {
    List.copyOf(hearing.values()).forEach(each -> each.listChanged(list));
  }

  @Override
  public void resourceUpdated(String uri) {
    Set.copyOf(watching.getOrDefault(uri, Set.of())).stream()
        .map(hearing::get)
        .filter(each -> each != null)
        .forEach(each -> each.resourceUpdated(uri));
  }

  @Override
  public void lost(UpstreamFailure why) {
    List.copyOf(hearing.values()).forEach(each -> each.lost(why));
  }
}
