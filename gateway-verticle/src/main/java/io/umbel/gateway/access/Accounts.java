package io.umbel.gateway.access;

import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * Where a gateway learns what an account has. An answer may be a moment old, never more than two
 * seconds behind a change made on any node.
 *
 * <p>Thread-safe; answers, and what watchers are told, may come on any thread.
 */
public interface Accounts {

  /**
   * A gateway without a database: no account has a project or an agent, so that a tool with a
   * project among its arguments is refused to everybody; nothing is switched off.
   */
  Accounts NONE = new WithoutAny();

  /**
   * The account as it stands; one that is not known has nothing. Fails where that cannot be read:
   * what depends on it is then refused. Asked once for each window, not for each call, so it is the
   * asked one's affair to remember it.
   *
   * @param accountId as in a verified caller
   */
  Future<Account> of(String accountId);

  /**
   * Tells, from now on, whose account has changed, on whichever node; null where it could be any.
   */
  void onChange(Consumer<String> watcher);

  /** See {@link #NONE}. */
  final class WithoutAny implements Accounts {
    @Override
    public Future<Account> of(String accountId) {
      return Future.succeededFuture(Account.empty(accountId));
    }

    @Override
    public void onChange(Consumer<String> watcher) {
      // Nothing ever changes.
    }
  }
}
