package io.umbel.registry.server;

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
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what has changed, on whichever node: by a signed message at once, and by asking the
 * database every second, since messages get lost.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
final class ChangeFeed {

  /** Where registries tell each other. */
  static final String ADDRESS = "umbel.servers";

  /** Stands for the list of an account's servers. */
  static final UUID LIST = new UUID(0, 0);

  private static final String OP = "servers-changed";
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final long PAUSE_MILLIS = 1_000;

  /** For so long what is known is used while nobody can say whether it still holds. */
  private static final Duration TRUST = Duration.ofSeconds(30);

  private static final String RAISE = """
      INSERT INTO changes (account, subject) VALUES ($1, $2)
      ON CONFLICT (account, subject)
        DO UPDATE SET version = changes.version + 1, changed = pg_current_xact_id()
      RETURNING version
      """;
  private static final String CHANGED = """
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
        c.account, c.subject, c.version
      FROM (SELECT 1) AS always LEFT JOIN changes c ON c.changed >= $1::text::xid8
      """;

  private final Vertx vertx;
  private final Pool pool;
  private final SignedMessage signed;
  private final String node;
  private final BiConsumer<String, UUID> watcher;
  private final Cache<Subject, Long> told =
      Caffeine.newBuilder().maximumSize(100_000).build();
  private MessageConsumer<Buffer> consumer;
  private long confirmed = System.nanoTime();
  private boolean trusted = true;
  private boolean closed;
  private String horizon;

  private record Subject(String account, UUID id) {}

  /**
   * A feed.
   *
   * @param watcher is told whose list or which server has changed; nulls where it may be anything
   */
  ChangeFeed(Vertx vertx, Pool pool, BiConsumer<String, UUID> watcher) {
    this.vertx = vertx;
    this.pool = pool;
    this.signed = new SignedMessage(Node.of(vertx));
    this.node = Node.of(vertx).id();
    this.watcher = watcher;
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
    if (consumer != null) {
      consumer.unregister();
    }
  }

  /** Raises the version of that within a transaction, and is told it. */
  static Future<Long> raise(
      io.vertx.sqlclient.SqlClient transaction, String account, UUID subject) {
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
  boolean isTrusted() {
    return trusted;
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

  private void askLater() {
    vertx.setTimer(PAUSE_MILLIS, due -> {
      if (!closed) {
        ask();
      }
    });
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
        note(
            new Subject(row.getString("account"), row.getUUID("subject")),
            row.getLong("version"),
            false);
      }
    }
    if (wentBack) {
      told.invalidateAll(); // another database, restored from a back-up
      watcher.accept(null, null);
    }
    if (!trusted) {
      trusted = true;
      LOG.info("The database answers again");
      watcher.accept(null, null);
    }
  }

  private void missed(Throwable why) {
    if (trusted && !closed && System.nanoTime() - confirmed > TRUST.toNanos()) {
      trusted = false;
      LOG.warn(
          "The database has not answered for {} s: which servers there are is not known any more: {}",
          TRUST.toSeconds(),
          why.getMessage());
      watcher.accept(null, null);
    }
  }
}
