package io.umbel.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whose account has changed, on whichever node: by a signed message at once, and by asking
 * the database every second, since a message may be lost. One question covers all accounts: which
 * rows were written by transactions that were not over when it was last asked.
 *
 * <p>Thread-safe.
 */
final class ChangeFeed {

  /** Where gateways tell each other. */
  static final String ADDRESS = "umbel.accounts";

  private static final String OP = "account-changed";
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final long PAUSE_MILLIS = 1_000;

  /** What was read may be used for so long while nobody can say whether it still holds. */
  static final Duration TRUST = Duration.ofSeconds(30);

  /** Longer than any statement that might still bring an older version. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private static final String CHANGED = """
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, a.account, a.version
      FROM (SELECT 1) AS always LEFT JOIN accounts a ON a.changed >= $1::text::xid8
      """;

  private final Vertx vertx;
  private final Pool pool;
  private final SignedMessage signed;
  private final String node;
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private final Cache<String, Long> told =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(REMEMBERED).build();
  private MessageConsumer<Buffer> consumer;
  private volatile long confirmed = System.nanoTime();
  private volatile boolean trusted = true;
  private volatile boolean closed;
  private String horizon;
  private long timer;

  ChangeFeed(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
    this.signed = new SignedMessage(Node.of(vertx));
    this.node = Node.of(vertx).id();
  }

  /** Begins to follow changes. */
  Future<Void> open() {
    consumer = vertx.eventBus().consumer(ADDRESS, this::hear);
    return consumer
        .completion()
        .compose(
            listening -> pool.query("SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS x")
                .execute())
        .map(rows -> {
          horizon = rows.iterator().next().getString("x");
          askLater();
          return null;
        });
  }

  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    if (consumer != null) {
      consumer.unregister();
    }
  }

  /** Tells, from now on, whose account has changed; null where it could be any. */
  void onChange(Consumer<String> watcher) {
    watchers.add(watcher);
  }

  /** This node has changed an account: it is told here at once, and to all others. */
  void changed(String account, long version) {
    note(account, version);
    var what = JsonObject.of("account", account, "version", version);
    signed.publish(vertx, ADDRESS, OP, node, what.toBuffer());
  }

  /** Whether a change is known that what was read at that version does not show. */
  boolean isBehind(String account, long version) {
    var known = told.getIfPresent(account);
    return known != null && known > version;
  }

  /** Whether what was read before may still be used. */
  boolean isTrusted() {
    return trusted;
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message) || !OP.equals(message.headers().get("op"))) {
      return;
    }
    try {
      var what = message.body().toJsonObject();
      note(what.getString("account"), what.getLong("version"));
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      LOG.warn("A message at {} cannot be read", ADDRESS);
    }
  }

  /** Each change reaches this node twice or thrice and is told once. */
  private void note(String account, long version) {
    var before = told.getIfPresent(account);
    if (before == null || before < version) {
      told.put(account, version);
      tell(account);
    }
  }

  private void tell(String account) {
    watchers.forEach(watcher -> watcher.accept(account));
  }

  private void askLater() {
    if (!closed) {
      timer = vertx.setTimer(PAUSE_MILLIS, due -> ask());
    }
  }

  private void ask() {
    var asked = System.nanoTime();
    pool.preparedQuery(CHANGED)
        .execute(Tuple.of(horizon))
        .onSuccess(rows -> take(rows, asked))
        .onFailure(this::missed)
        .onComplete(done -> askLater());
  }

  private void take(RowSet<Row> rows, long asked) {
    var now = rows.iterator().next().getString("horizon");
    var wentBack =
        Long.compareUnsigned(Long.parseUnsignedLong(now), Long.parseUnsignedLong(horizon)) < 0;
    horizon = now;
    confirmed = asked;
    for (var row : rows) {
      if (row.getString("account") != null) {
        note(row.getString("account"), row.getLong("version"));
      }
    }
    if (wentBack) {
      told.invalidateAll(); // another database, restored from a back-up
      tell(null);
    }
    if (!trusted) {
      trusted = true;
      LOG.info("The database answers again");
      tell(null);
    }
  }

  private void missed(Throwable why) {
    if (trusted && !closed && System.nanoTime() - confirmed > TRUST.toNanos()) {
      trusted = false;
      LOG.warn(
          "The database has not answered for {} s: what accounts have is not believed any more: {}",
          TRUST.toSeconds(),
          why.getMessage());
      tell(null);
    }
  }
}
