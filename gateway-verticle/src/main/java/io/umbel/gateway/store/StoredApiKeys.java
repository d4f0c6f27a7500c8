package io.umbel.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Caller;
import io.umbel.contract.Reach;
import io.umbel.gateway.identity.ApiKey;
import io.umbel.gateway.identity.ApiKeys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The API keys that accounts have made, by their hashes. Each is read when first presented and kept
 * until anything of its account changes. What is no key is remembered for a moment, and only so
 * many are looked up at once, so that guessing costs the database little.
 */
final class StoredApiKeys implements ApiKeys {

  private static final int MOST = 20_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int AT_ONCE = 64;
  private static final int ATTEMPTS = 5;

  /** The one query that cannot begin with an account: the key says whose it is. */
  private static final String BY_HASH = """
      SELECT k.account, k.id, k.scopes, k.allowed_tools, k.agent_id, k.project_id, k.expires_at,
        k.is_active AND coalesce(g.status = 'active', k.agent_id IS NULL) AS is_good, a.version
      FROM api_keys k
        JOIN accounts a ON a.account = k.account
        LEFT JOIN agents g ON g.account = k.account AND g.id = k.agent_id
      WHERE k.hash = $1
      """;

  /**
   * What is known of a hash.
   *
   * @param account whose key it is, or null where it is nobody's
   * @param key itself where it is good
   */
  private record Known(String account, long version, Optional<ApiKey> key) {
    private static final Known NOBODYS = new Known(null, 0, Optional.empty());

    boolean isOf(String other) {
      return account != null && account.equals(other);
    }
  }

  private final Pool pool;
  private final ChangeFeed feed;
  private final KeyUses uses;
  private final AtomicInteger asking = new AtomicInteger();
  private final Cache<String, Future<Known>> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

  StoredApiKeys(Pool pool, ChangeFeed feed, KeyUses uses) {
    this.pool = pool;
    this.feed = feed;
    this.uses = uses;
    feed.onChange(this::forget);
  }

  @Override
  public Future<Optional<ApiKey>> find(String sha256Hex) {
    if (!feed.isTrusted()) {
      return Future.failedFuture(new DatabaseAway("The database does not answer"));
    }
    var found = known.get(sha256Hex, this::look);
    if (!found.succeeded()) {
      found.onFailure(failure -> known.asMap().remove(sha256Hex, found));
    }
    return found.map(this::used);
  }

  private Optional<ApiKey> used(Known found) {
    found.key().ifPresent(key -> uses.note(found.account(), key.id()));
    return found.key();
  }

  private Future<Known> look(String hash) {
    if (asking.incrementAndGet() > AT_ONCE) {
      asking.decrementAndGet();
      return Future.failedFuture(new DatabaseAway("Too many keys are being looked up"));
    }
    return look(hash, ATTEMPTS).onComplete(done -> asking.decrementAndGet());
  }

  private Future<Known> look(String hash, int attempts) {
    return pool.preparedQuery(BY_HASH).execute(Tuple.of(hash)).compose(rows -> {
      var found = rows.size() == 0 ? Known.NOBODYS : known(rows.iterator().next());
      if (found.account() == null || !feed.isBehind(found.account(), found.version())) {
        return Future.succeededFuture(found);
      }
      return attempts == 1
          ? Future.failedFuture(new DatabaseAway("The account changes faster than it can be read"))
          : look(hash, attempts - 1);
    });
  }

  private static Known known(Row row) {
    var account = row.getString("account");
    var key = row.getBoolean("is_good") ? Optional.of(key(account, row)) : Optional.<ApiKey>empty();
    return new Known(account, row.getLong("version"), key);
  }

  /** Its subject is the key itself: it never speaks for the one who made it. */
  private static ApiKey key(String account, Row row) {
    var id = row.getString("id");
    var project = row.getString("project_id");
    var tools = row.getArrayOfStrings("allowed_tools");
    var reach =
        new Reach(tools == null ? null : Set.of(tools), project == null ? null : Set.of(project));
    var scopes = Set.of(row.getArrayOfStrings("scopes"));
    var caller = new Caller(account, id, project, row.getString("agent_id"), scopes, reach);
    var expires = row.getOffsetDateTime("expires_at");
    return new ApiKey(
        id, caller, expires == null ? Long.MAX_VALUE : expires.toInstant().toEpochMilli());
  }

  private void forget(String account) {
    known
        .asMap()
        .values()
        .removeIf(
            found -> account == null || !found.succeeded() || found.result().isOf(account));
  }
}
