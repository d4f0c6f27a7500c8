package io.umbel.registry.server;

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
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what has changed, on whichever node: by a signed message at once, and by asking the
 * database every second, since messages get lost.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
final class ChangeFeed implements ChangeWatch.Watcher {

  /** Where registries tell each other. */
  static final String ADDRESS = "umbel.servers";

  /** Stands for the list of an account's servers. */
  static final UUID LIST = new UUID(0, 0);

  private static final String OP = "servers-changed";
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final String RAISE = """
      INSERT INTO changes (account, subject) VALUES ($1, $2)
      ON CONFLICT (account, subject)
        DO UPDATE SET version = changes.version + 1, changed = pg_current_xact_id()
      RETURNING version
      """;

  private final Vertx vertx;
  private final SignedMessage signed;
  private final String node;
  private final BiConsumer<String, UUID> watcher;
  private final Supplier<Future<Boolean>> others;
  private final ChangeWatch watch;
  private final Cache<Subject, Long> told =
      Caffeine.newBuilder().maximumSize(100_000).build();
  private MessageConsumer<Buffer> consumer;

  private record Subject(String account, UUID id) {}

  /**
   * A feed.
   *
   * @param watcher is told whose list or which server has changed; nulls where it may be anything
   * @param others whether all other registries can be heard
   */
  ChangeFeed(
      Vertx vertx, Pool pool, BiConsumer<String, UUID> watcher, Supplier<Future<Boolean>> others) {
    this.vertx = vertx;
    this.signed = new SignedMessage(Node.of(vertx));
    this.node = Node.of(vertx).id();
    this.watcher = watcher;
    this.others = others;
    this.watch = new ChangeWatch(vertx, pool, "changes", "subject, version", this);
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

  /** Raises the version of that within a transaction, and is told it. */
  static Future<Long> raise(SqlClient transaction, String account, UUID subject) {
    return transaction
        .preparedQuery(RAISE)
        .execute(Tuple.of(account, subject))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** This node has changed that, and knows it already: all others are told. */
  void changed(String account, UUID subject, long version) {
    note(new Subject(account, subject), version, true);
    var what = JsonObject.of("account", account, "server", subject.toString(), "version", version);
    signed.publish(vertx, ADDRESS, OP, node, what.toBuffer());
  }

  /** Whether what was read before may still be used. */
  Future<Boolean> believed() {
    return watch.believed();
  }

  @Override
  public void changed(Row row) {
    var subject = new Subject(row.getString("account"), row.getUUID("subject"));
    note(subject, row.getLong("version"), false);
  }

  @Override
  public void anything(boolean otherDatabase) {
    if (otherDatabase) {
      told.invalidateAll();
    }
    watcher.accept(null, null);
  }

  @Override
  public Future<Boolean> hearsOthers() {
    return others.get();
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message) || !OP.equals(message.headers().get("op"))) {
      return;
    }
    try {
      var what = message.body().toJsonObject();
      var subject =
          new Subject(what.getString("account"), UUID.fromString(what.getString("server")));
      note(subject, what.getLong("version"), false);
    } catch (DecodeException
        | IllegalArgumentException
        | ClassCastException
        | NullPointerException e) {
      LOG.warn("A message at {} cannot be read", ADDRESS);
    }
  }

  /** Each change reaches this node twice or thrice and is told once. */
  private void note(Subject subject, long version, boolean isKnown) {
    var before = told.getIfPresent(subject);
    if (before == null || before < version) {
      told.put(subject, version);
      if (!isKnown) {
        watcher.accept(subject.account(), subject.id());
      }
    }
  }
}
