package io.umbel.gateway.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Node;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;

/**
 * The record of what was done. Without a database there is none, and nothing is refused for it.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class Audit {

  /** What health answers call the database. */
  public static final String POSTGRES = "postgres";

  private static final String SCHEMA = "gateway";
  private static final int PROBE_MILLIS = 900;

  private final Vertx vertx;
  private final AuditSettings settings;
  private final MeterRegistry registry;
  private Ledger ledger;
  private Database own;
  private Pool pool;

  public Audit(Vertx vertx, AuditSettings settings, MeterRegistry registry) {
    this.vertx = vertx;
    this.settings = settings;
    this.registry = registry;
  }

  /**
   * Keeps it in the node's database, if there is one, unless it is kept somewhere already.
   *
   * @return fails with {@link io.umbel.storage.StorageRefusal}
   */
  public Future<Void> open() {
    if (ledger != null || DatabaseUrl.find(vertx).isEmpty()) {
      return Future.succeededFuture();
    }
    return Database.open(vertx, SCHEMA)
        .onSuccess(opened -> {
          own = opened;
          open(opened.pool());
        })
        .mapEmpty();
  }

  /** Keeps it in that schema from now on. */
  public void open(Pool to) {
    pool = to;
    ledger = new Ledger(vertx, pool, settings, new AuditMetrics(registry));
  }

  /** Whether there is a record. */
  boolean isKept() {
    return ledger != null;
  }

  /** The record of changes that are made elsewhere. */
  public RemoteChanges changes() {
    return new RemoteChanges(this, Node.of(vertx).clock());
  }

  /** Whether what changes something may be done: it will be on record, or need not be. */
  boolean admitsWrites() {
    return ledger == null || !settings.failClosed() || ledger.isUp();
  }

  /** Whether an answer waits for its row. */
  boolean awaitsWrites() {
    return ledger != null && settings.failClosed();
  }

  /**
   * Asks the database whether it is there.
   *
   * @return {@code {postgres: {ok, latency_ms, error?}}}, or nothing where there is no record;
   *     never fails
   */
  public Future<JsonObject> probe() {
    if (pool == null) {
      return Future.succeededFuture(new JsonObject());
    }
    var started = System.nanoTime();
    return pool.query("SELECT 1")
        .execute()
        .timeout(PROBE_MILLIS, TimeUnit.MILLISECONDS)
        .map(answer -> took(started).put("ok", true))
        .otherwise(silent -> took(started).put("ok", false).put("error", "no answer"))
        .map(probed -> JsonObject.of(POSTGRES, probed));
  }

  private static JsonObject took(long started) {
    return JsonObject.of("latency_ms", Math.round((System.nanoTime() - started) / 1e4) / 1e2);
  }

  /** Puts it on record within a moment; nobody waits for it. */
  public void note(Entry entry) {
    if (ledger != null) {
      ledger.add(entry);
    }
  }

  /**
   * Puts it on record.
   *
   * @return completes when it is on disk; fails where that went wrong, and then it is tried again
   */
  public Future<Void> record(Entry entry) {
    return ledger == null ? Future.succeededFuture() : ledger.write(entry);
  }

  /** Writes what is left. */
  public Future<Void> close() {
    return ledger == null
        ? Future.succeededFuture()
        : ledger.close().eventually(() -> own == null ? Future.succeededFuture() : own.close());
  }
}
