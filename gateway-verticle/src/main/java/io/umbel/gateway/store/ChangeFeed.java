package io.umbel.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.storage.ChangeWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
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
final class ChangeFeed implements ChangeWatch.Watcher {

  /** Where gateways tell each other. */
  static final String ADDRESS = "umbel.accounts";

  private static final String OP = "account-changed";
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  /** Longer than any statement that might still bring an older version. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final SignedMessage signed;
  private final String node;
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private final Cache<String, Long> told =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(REMEMBERED).build();
  private final ChangeWatch watch;
  private MessageConsumer<Buffer> consumer;

  ChangeFeed(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.signed = new SignedMessage(Node.of(vertx));
    this.node = Node.of(vertx).id();
    this.watch = new ChangeWatch(vertx, pool, "accounts", "version", this);
  }

  /** Begins to follow changes. */
  Future<Void> open() {
    consumer = vertx.eventBus().consumer(ADDRESS, this::hear);
    return consumer.completion().compose(listening -> watch.open());
  }

  void close() {
    watch.close();
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
    return watch.isBelieved();
  }

  @Override
  public void changed(Row row) {
    note(row.getString("account"), row.getLong("version"));
  }

  @Override
  public void anything(boolean otherDatabase) {
    if (otherDatabase) {
      told.invalidateAll();
    }
    tell(null);
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
}
