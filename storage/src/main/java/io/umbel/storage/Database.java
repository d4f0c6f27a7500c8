package io.umbel.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One module's own schema in the node's database: up to date when opened, then a pool of
 * connections that see that schema and no other.
 *
 * <p>Where the server is away, queries fail at once or, for want of a connection, after 2 s; a
 * statement takes 5 s at most. A server that freezes in the middle of one says nothing, not even
 * that: who must not wait for it says {@link Future#timeout}. When the server is back, so is the
 * pool.
 */
public final class Database {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  private static final int CONNECTIONS = 8;
  private static final int WAITING = 2000;
  private static final int CONNECT_MILLIS = 2000;
  private static final int FREE_CONNECTION_SECONDS = 2;
  private static final String STATEMENT_MILLIS = "5000";

  private static final int IDLE_SECONDS = 30;
  private static final int PROBE_SECONDS = 1;

  private final String schema;
  private final Pool pool;

  private Database(String schema, Pool pool) {
    this.schema = schema;
    this.pool = pool;
  }

  /**
   * Opens the schema of that name in the node's database ({@link DatabaseUrl#of(Vertx)}), with the
   * migrations of {@code classpath:db/<schema>}.
   *
   * @return fails with {@link StorageRefusal}
   */
  public static Future<Database> open(Vertx vertx, String schema) {
    return open(vertx, DatabaseUrl.of(vertx), schema);
  }

  /** The same in the database at that URL. */
  public static Future<Database> open(Vertx vertx, DatabaseUrl url, String schema) {
    if (!NAME.matcher(schema).matches()) {
      throw new IllegalArgumentException("No name for a schema: " + schema);
    }
    return vertx.executeBlocking(() -> {
      new Migrations(url, schema).run();
      return new Database(schema, pool(vertx, url, schema));
    });
  }

  /** The name of the schema. */
  public String schema() {
    return schema;
  }

  /** Connections whose {@code search_path} is this schema. */
  public Pool pool() {
    return pool;
  }

  /** Completes when the server has answered; fails where it does not within a second. */
  public Future<Void> probe() {
    return pool.query("SELECT 1")
        .execute()
        .<Void>mapEmpty()
        .timeout(PROBE_SECONDS, TimeUnit.SECONDS);
  }

  public Future<Void> close() {
    return pool.close();
  }

  private static Pool pool(Vertx vertx, DatabaseUrl url, String schema) {
    var pool = new PoolOptions()
        .setName("postgres-" + schema)
        .setMaxSize(CONNECTIONS)
        .setMaxWaitQueueSize(WAITING)
        .setConnectionTimeout(FREE_CONNECTION_SECONDS)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
    var net = new NetClientOptions().setConnectTimeout(CONNECT_MILLIS);
    return PgBuilder.pool()
        .using(vertx)
        .with(pool)
        .with(net)
        .connectingTo(connect(url, schema))
        .build();
  }

  private static PgConnectOptions connect(DatabaseUrl url, String schema) {
    var connect = new PgConnectOptions()
        .setHost(url.host())
        .setPort(url.port())
        .setDatabase(url.database())
        .setUser(url.user())
        .setPassword(url.password())
        .setSslMode(url.tls().mode())
        .setSslOptions(url.tls().client())
        .setCachePreparedStatements(true)
        .setReconnectAttempts(0);
    connect.addProperty("search_path", schema);
    connect.addProperty("application_name", "umbel-" + schema);
    connect.addProperty("statement_timeout", STATEMENT_MILLIS);
    return connect;
  }
}
