package io.umbel.registry.server;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The operator's servers and those of accounts, if there is anything that keeps these. */
final class AllServers implements Servers {

  private static final Comparator<Server> ORDER = Comparator.comparing(Server::namespace)
      .thenComparing(server -> server.key().isOperators());

  private final List<Server> operators;
  private final Optional<StoredServers> stored;

  AllServers(List<Server> operators, Optional<StoredServers> stored) {
    this.operators = operators.stream().sorted(ORDER).toList();
    this.stored = stored;
  }

  @Override
  public Future<List<Server>> of(String account) {
    return stored
        .map(those -> those.of(account).map(this::withOperators))
        .orElseGet(() -> Future.succeededFuture(operators));
  }

  @Override
  public Future<Optional<Server>> find(String account, UUID id) {
    return of(account)
        .map(all -> all.stream().filter(server -> server.key().id().equals(id)).findFirst());
  }

  @Override
  public Future<List<Server>> everyone() {
    return stored
        .map(those -> those.everyone().map(this::withOperators))
        .orElseGet(() -> Future.succeededFuture(operators));
  }

  @Override
  public Future<Void> refresh(String account) {
    return stored.map(those -> those.refresh(account)).orElseGet(Future::succeededFuture);
  }

  @Override
  public void onChange(Consumer<String> account) {
    stored.ifPresent(those -> those.onChange(account));
  }

  private List<Server> withOperators(List<Server> own) {
    return operators.isEmpty()
        ? own
        : Stream.concat(own.stream(), operators.stream())
            .sorted(ORDER)
            .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }
}
