package io.umbel.registry.manage;

import io.umbel.registry.server.Server;
import io.umbel.registry.server.ServerBook;
import io.umbel.registry.server.ServerStore;
import io.umbel.registry.server.StoredServer;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds the server that a request is about; fails with {@link Refused}. */
final class Found {

  /**
   * The scope of whoever runs the installation: the operator's servers are theirs to look after.
   */
  static final String OPERATOR = "operator";

  private final ServerStore store;

  Found(ServerStore store) {
    this.store = store;
  }

  /** Where servers are put down. */
  ServerBook book() {
    return store.book().orElseThrow(Refused::noDatabase);
  }

  /** One that the account registered. */
  Future<StoredServer> own(Asked asked) {
    return store.book().isEmpty()
        ? Future.failedFuture(Refused.notFound())
        : book().find(asked.key()).map(found -> found.orElseThrow(Refused::notFound));
  }

  /** The same as a server that can be used, or one of the operator's for whoever may. */
  Future<Server> usable(Asked asked) {
    var id = asked.key().id();
    return store
        .servers()
        .find(asked.account(), id)
        .compose(found -> found
            .filter(server -> !server.key().isOperators() || isOperator(asked))
            .map(Future::succeededFuture)
            .orElseGet(() -> own(asked).map(Found::server)));
  }

  /** One that the account has, by its id, its namespace or its name. */
  Future<Server> named(Asked asked) {
    var name = asked.name();
    return store
        .servers()
        .of(asked.account())
        .map(all -> all.stream()
            .filter(server -> server.namespace().equals(name)
                || server.name().equals(name)
                || server.key().id().toString().equals(name))
            .findFirst()
            .orElseThrow(Refused::notFound));
  }

  private static boolean isOperator(Asked asked) {
    return asked.caller().scopes().contains(OPERATOR);
  }

  private static Server server(StoredServer stored) {
    return usable(stored.server(), stored.error());
  }

  private static Server usable(Optional<Server> server, String error) {
    return server.orElseThrow(() -> Refused.conflict(error));
  }
}
