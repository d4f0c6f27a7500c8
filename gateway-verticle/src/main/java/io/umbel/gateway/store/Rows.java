package io.umbel.gateway.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows as JSON objects, their columns as members. Each statement begins with the account, and none
 * can be made without one; no value is ever part of a statement's text.
 */
public final class Rows {

  private static final String SELECT = "SELECT row_to_json(t) FROM %s t WHERE account = $1";

  private final SqlClient client;
  private final String account;

  /** The rows of that account. */
  Rows(SqlClient client, String account) {
    this.client = client;
    this.account = account;
  }

  /** The row of that id. */
  public Future<Optional<JsonObject>> find(Table table, String id) {
    return client
        .preparedQuery(SELECT.formatted(table.sql()) + " AND id = $2")
        .execute(Tuple.of(account, id))
        .map(Rows::first);
  }

  /**
   * Rows in the order of their ids, which is that of their making.
   *
   * @param filter columns and what is in them
   * @param after the id before the first
   */
  public Future<List<JsonObject>> page(
      Table table, Map<String, String> filter, String after, int most) {
    var values = new ArrayList<Object>(List.of(account, after, most));
    var sql = new StringBuilder(SELECT.formatted(table.sql())).append(" AND id > $2");
    filter.forEach((column, value) -> {
      values.add(value);
      sql.append(" AND ").append(known(table, column)).append(" = $").append(values.size());
    });
    sql.append(" ORDER BY id LIMIT $3");
    return client.preparedQuery(sql.toString()).execute(Tuple.from(values)).map(Rows::all);
  }

  /** How many there are with that in a column. */
  public Future<Long> count(Table table, String column, String value) {
    return client
        .preparedQuery("SELECT count(*) FROM %s WHERE account = $1 AND %s = $2"
            .formatted(table.sql(), known(table, column)))
        .execute(Tuple.of(account, value))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** How many there are. */
  public Future<Long> count(Table table) {
    return client
        .preparedQuery("SELECT count(*) FROM %s WHERE account = $1".formatted(table.sql()))
        .execute(Tuple.of(account))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** A new row, as it is then. */
  public Future<JsonObject> insert(Table table, String id, JsonObject values) {
    var sql = """
        INSERT INTO %1$s AS t (account, id, %2$s)
        SELECT $1, $2, %3$s FROM jsonb_populate_record(NULL::%1$s, $3) r
        RETURNING row_to_json(t)
        """.formatted(table.sql(), String.join(", ", table.columns()), read(table));
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(account, id, values))
        .map(rows -> first(rows).orElseThrow());
  }

  /** Other values for a row, as it is then; nothing where it is not of that version. */
  public Future<Optional<JsonObject>> update(Table table, JsonObject row) {
    var sql = """
        UPDATE %1$s t SET (%2$s) =
          (SELECT %3$s FROM jsonb_populate_record(NULL::%1$s, $4) r),
          version = version + 1, updated_at = now()
        WHERE account = $1 AND id = $2 AND version = $3
        RETURNING row_to_json(t)
        """.formatted(table.sql(), String.join(", ", table.columns()), read(table));
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(account, row.getString("id"), row.getLong("version"), row))
        .map(Rows::first);
  }

  /** Removes a row. */
  public Future<Void> delete(Table table, String id) {
    return client
        .preparedQuery("DELETE FROM %s WHERE account = $1 AND id = $2".formatted(table.sql()))
        .execute(Tuple.of(account, id))
        .mapEmpty();
  }

  /** One column alone is no row for SQL. */
  private static String read(Table table) {
    return table.columns().stream().map(column -> "r." + column).collect(Collectors.joining(", "));
  }

  private static String known(Table table, String column) {
    if (!table.columns().contains(column)) {
      throw new IllegalArgumentException("No column of " + table + ": " + column);
    }
    return column;
  }

  private static Optional<JsonObject> first(RowSet<Row> rows) {
    return rows.size() == 0
        ? Optional.empty()
        : Optional.of(rows.iterator().next().getJsonObject(0));
  }

  private static List<JsonObject> all(RowSet<Row> rows) {
    var all = new ArrayList<JsonObject>(rows.size());
    rows.forEach(row -> all.add(row.getJsonObject(0)));
    return all;
  }
}
