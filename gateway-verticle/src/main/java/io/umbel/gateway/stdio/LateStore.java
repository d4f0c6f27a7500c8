package io.umbel.gateway.stdio;

import io.umbel.gateway.Holdings;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.identity.Identity.Registers;
import io.umbel.gateway.store.AccountStore;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpMethod;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The database of a gateway whose client is greeted before it is there: clients give a process that
 * they start some seconds for its first answer, and a database that is made anew takes longer.
 * Everything but the greeting waits for it.
 */
final class LateStore {

  private static final Set<String> GREETINGS =
      Set.of(McpMethod.SERVER_DISCOVER.text(), McpMethod.INITIALIZE.text(), McpMethod.PING.text());

  private final Vertx vertx;
  private final Runnable ground;
  private final Promise<Optional<AccountStore>> opened = Promise.promise();

  /** @param ground blocks until the node's database can be opened, if it has one */
  LateStore(Vertx vertx, Runnable ground) {
    this.vertx = vertx;
    this.ground = ground;
  }

  /** Opens it. */
  Future<Optional<AccountStore>> open() {
    vertx
        .executeBlocking(() -> {
          ground.run();
          return null;
        })
        .compose(there -> AccountStore.open(vertx))
        .onComplete(opened);
    return opened.future();
  }

  /** Completes when it is open, or the node has none. */
  Future<Optional<AccountStore>> opened() {
    return opened.future();
  }

  /** Completes when that message may be answered. */
  Future<?> readyFor(Envelope message) {
    return GREETINGS.contains(String.valueOf(message.method()))
        ? Future.succeededFuture()
        : opened.future();
  }

  /** What it has, as soon as it is open. */
  Holdings holdings() {
    return opened.future().succeeded()
        ? known(opened.future().result())
        : new Holdings(new LateAccounts(opened.future().map(LateStore::known)), Registers.NONE);
  }

  Future<?> close() {
    return opened.future().succeeded()
        ? opened.future().result().map(AccountStore::close).orElseGet(Future::succeededFuture)
        : Future.succeededFuture();
  }

  private static Holdings known(Optional<AccountStore> store) {
    return store.map(Holdings::of).orElse(Holdings.NONE);
  }

  private record LateAccounts(Future<Holdings> holdings) implements Accounts {

    @Override
    public Future<Account> of(String accountId) {
      return holdings.compose(known -> known.accounts().of(accountId));
    }

    @Override
    public void onChange(Consumer<String> watcher) {
      holdings.onSuccess(known -> known.accounts().onChange(watcher));
    }
  }
}
