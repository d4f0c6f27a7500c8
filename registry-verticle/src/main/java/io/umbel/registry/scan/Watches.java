package io.umbel.registry.scan;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Notices;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources of servers that clients of accounts watch. What is not asked for again within a minute
 * is over.
 */
public final class Watches {

  /** How long a wish is good for. */
  static final Duration GOOD_FOR = Duration.ofSeconds(60);

  private static final int MOST_OF_ONE = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final Upstreams upstreams;
  private final Clock clock;
  private final BiConsumer<String, String> changed;
  private final Map<Key, Watch> watches = new HashMap<>();

  private record Key(String account, UUID server, long version) {}

  /**
   * Watches for accounts.
   *
   * @param changed is told the URI and the account
   */
  public Watches(Upstreams upstreams, Clock clock, BiConsumer<String, String> changed) {
    this.upstreams = upstreams;
    this.clock = clock;
    this.changed = changed;
  }

  /** Clients of that account watch this resource of that server. */
  public void want(String account, Server server, String uri) {
    var key = new Key(account, server.key().id(), server.version());
    watches.computeIfAbsent(key, made -> new Watch(key, server)).want(uri);
  }

  /** These are the servers now: what is watched of others, or of other versions, is over. */
  public void keepOnly(Collection<Server> servers) {
    var known = servers.stream()
        .filter(server -> server.policy().active())
        .collect(Collectors.toMap(server -> server.key().id(), Server::version));
    new ArrayList<>(watches.values())
        .stream()
            .filter(
                watch -> !Long.valueOf(watch.key.version()).equals(known.get(watch.key.server())))
            .forEach(Watch::leave);
  }

  /** Ends what nobody has asked for any longer; run now and then. */
  public void sweep() {
    var now = clock.millis();
    new ArrayList<>(watches.values()).forEach(watch -> watch.sweep(now));
  }

  /** Ends all. */
  public Future<Void> close() {
    var ending = watches.values().stream().map(Watch::end).toList();
    watches.clear();
    return Future.join(ending).<Void>mapEmpty().otherwiseEmpty();
  }

  /** What one account watches of one server, over a connection of its own. */
  private final class Watch implements Notices {
    private final Key key;
    private final Map<String, Long> until = new HashMap<>();
    private final Future<Upstream> opened;

    Watch(Key key, Server server) {
      this.key = key;
      this.opened = upstreams.open(server, new JsonObject());
      opened.onSuccess(open -> open.listen(this)).onFailure(this::forget);
    }

    void want(String uri) {
      if (until.size() >= MOST_OF_ONE && !until.containsKey(uri)) {
        return;
      }
      if (until.put(uri, clock.millis() + GOOD_FOR.toMillis()) == null) {
        opened.compose(open -> open.watch(uri, true)).onFailure(why -> {
          LOG.info("A resource cannot be watched: {}", why.getMessage());
          until.remove(uri);
        });
      }
    }

    void sweep(long now) {
      var late = until.entrySet().stream().filter(each -> each.getValue() < now).toList();
      for (var each : new ArrayList<>(late)) {
        var uri = each.getKey();
        until.remove(uri);
        opened.onSuccess(open -> open.watch(uri, false));
      }
      if (until.isEmpty()) {
        leave();
      }
    }

    void leave() {
      watches.remove(key, this);
      end();
    }

    Future<Void> end() {
      var closed = opened.compose(Upstream::close).otherwiseEmpty();
      return opened.isComplete() ? closed : Future.succeededFuture();
    }

    @Override
    public void listChanged(String list) {}

    @Override
    public void resourceUpdated(String uri) {
      changed.accept(uri, key.account());
    }

    @Override
    public void lost(UpstreamFailure why) {
      forget(why);
      end();
    }

    /** Opened anew when it is asked for the next time. */
    private void forget(Throwable why) {
      LOG.info("Resources are not watched any longer: {}", why.getMessage());
      watches.remove(key, this);
    }
  }
}
