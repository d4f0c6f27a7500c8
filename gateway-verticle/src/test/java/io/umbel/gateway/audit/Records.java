package io.umbel.gateway.audit;

import io.umbel.gateway.audit.AuditQueries.Filter;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Looks at the audit trail in a database, as its owner may. */
final class Records implements AutoCloseable {

  static final Filter ALL = new Filter(null, null, null, null, null);

  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  Records(DatabaseUrl url) {
    database = Database.open(vertx, url, "gateway").await();
  }

  AuditQueries queries() {
    return new AuditQueries(database.pool());
  }

  Database database() {
    return database;
  }

  Vertx vertx() {
    return vertx;
  }

  /** The newest rows of the local account, oldest of them first. */
  List<JsonObject> rows() {
    var items = queries().page("local", ALL, Long.MAX_VALUE, 10_000).await().getJsonArray("items");
    var rows = new ArrayList<JsonObject>();
    for (var i = items.size() - 1; i >= 0; i--) {
      rows.add(items.getJsonObject(i));
    }
    return rows;
  }

  /** The same once there are so many. */
  List<JsonObject> await(int count) {
    for (var rows = rows(); ; rows = rows()) {
      if (rows.size() >= count) {
        return rows;
      }
      database.pool().query("SELECT pg_sleep(0.02)").execute().await();
    }
  }

  JsonObject verify() {
    return queries().verify("local").await();
  }

  void execute(String sql) {
    database.pool().query(sql).execute().await();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
