package io.umbel.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.store.Snapshots.Snapshot;
import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * What accounts have, as the database says: read when first asked for, by one query however many
 * ask, and kept until it changes. While the database is away what is known is good for
 * {@link io.umbel.storage.ChangeWatch#TRUST}; then nothing is.
 */
final class StoredAccounts implements Accounts {

  private static final long MOST_BYTES = 64L * 1024 * 1024;

  /** What else an entry takes. */
  private static final int ENTRY_BYTES = 500;

  /** A change that comes while an account is read means reading it again; but not for ever. */
  private static final int ATTEMPTS = 5;

  private final Snapshots snapshots;
  private final ChangeFeed feed;
  private final Cache<String, Future<Snapshot>> known = Caffeine.newBuilder()
      .maximumWeight(MOST_BYTES)
      .weigher((String id, Future<Snapshot> read) -> weight(read))
      .build();

  StoredAccounts(Snapshots snapshots, ChangeFeed feed) {
    this.snapshots = snapshots;
    this.feed = feed;
    feed.onChange(this::forget);
  }

  @Override
  public Future<Account> of(String accountId) {
    if (!feed.isTrusted()) {
      return Future.failedFuture(new DatabaseAway("The database does not answer"));
    }
    var read = known.get(accountId, id -> read(id, ATTEMPTS));
    if (!read.succeeded()) {
      read.onSuccess(snapshot -> known.asMap().replace(accountId, read, read)) // weighed again
          .onFailure(failure -> known.asMap().remove(accountId, read));
    }
    return read.map(Snapshot::account);
  }

  @Override
  public void onChange(Consumer<String> watcher) {
    feed.onChange(watcher);
  }

  private Future<Snapshot> read(String id, int attempts) {
    return snapshots.read(id).compose(snapshot -> {
      if (!feed.isBehind(id, snapshot.version())) {
        return Future.succeededFuture(snapshot);
      }
      return attempts == 1
          ? Future.failedFuture(new DatabaseAway("The account changes faster than it can be read"))
          : read(id, attempts - 1);
    });
  }

  private void forget(String account) {
    if (account == null) {
      known.invalidateAll();
    } else {
      known.invalidate(account);
    }
  }

  private static int weight(Future<Snapshot> read) {
    return ENTRY_BYTES + (read.succeeded() ? read.result().size() : 0);
  }
}
