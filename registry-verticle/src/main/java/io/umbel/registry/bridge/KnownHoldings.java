package io.umbel.registry.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.Servers;
import io.vertx.core.Future;
import java.util.List;

/** What accounts have, kept until it changes. Nothing here waits for a server. */
public final class KnownHoldings {

  private static final int MOST_ACCOUNTS = 10_000;

  private final Servers servers;
  private final Definitions definitions;
  private final Cache<String, Holdings> kept =
      Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).executor(Runnable::run).build();
  private long changes;

  public KnownHoldings(Servers servers, Definitions definitions) {
    this.servers = servers;
    this.definitions = definitions;
  }

  /**
   * What that account has is asked for anew, everyone's where it is the operator's.
   *
   * @return what was known of it, or null
   */
  Holdings forget(String account) {
    changes++;
    var known = kept.getIfPresent(account);
    if (account.equals(Server.Key.OPERATOR)) {
      kept.invalidateAll();
    } else {
      kept.invalidate(account);
    }
    return known;
  }

  /** What that account has. */
  Future<Holdings> of(String account) {
    var known = kept.getIfPresent(account);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    var before = changes;
    return servers.of(account).compose(this::holdings).onSuccess(holdings -> {
      if (before == changes) {
        kept.put(account, holdings);
      }
    });
  }

  private Future<Holdings> holdings(List<Server> all) {
    var asked = all.stream()
        .filter(server -> server.policy().active())
        .map(this::holding)
        .toList();
    return Future.all(asked)
        .map(done -> new Holdings(asked.stream().map(Future::result).toList()));
  }

  private Future<Holding> holding(Server server) {
    return definitions
        .of(server.key())
        .compose(found -> definitions
            .standing(server.key())
            .map(standing -> new Holding(server, standing, found)));
  }
}
