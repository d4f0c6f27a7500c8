package io.umbel.gateway.access;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Accounts that a test writes down; they cannot be read while it says so. */
public final class KnownAccounts implements Accounts {

  public final AtomicInteger asked = new AtomicInteger();
  private final Map<String, Account> known = new ConcurrentHashMap<>();
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private volatile boolean unreadable;

  /** The account is this from now on, and everyone is told. */
  public KnownAccounts put(Account account) {
    known.put(account.id(), account);
    watchers.forEach(watcher -> watcher.accept(account.id()));
    return this;
  }

  /** From now on, or no longer; whoever asks again finds out. */
  public void unreadable(boolean now) {
    unreadable = now;
    watchers.forEach(watcher -> watcher.accept(null));
  }

  @Override
  public Future<Account> of(String accountId) {
    asked.incrementAndGet();
    return unreadable
        ? Future.failedFuture("the database is away")
        : Future.succeededFuture(known.getOrDefault(accountId, Account.empty(accountId)));
  }

  @Override
  public void onChange(Consumer<String> watcher) {
    watchers.add(watcher);
  }
}
