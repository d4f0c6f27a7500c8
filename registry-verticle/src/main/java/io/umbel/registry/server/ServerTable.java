package io.umbel.registry.server;

import io.umbel.storage.Vault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table of servers. Secrets go in and come out through the vault. */
final class ServerTable {

  /** The columns that hold what was said. */
  static final List<String> MEMBERS = List.of(
      "name",
      "namespace",
      "description",
      "transport",
      "url",
      "command",
      "args",
      "env",
      "auth_type",
      "auth_config",
      "enabled_tools",
      "status",
      "pin_tools",
      "serve_stale_tools",
      "timeout_ms",
      "max_retries",
      "max_concurrency",
      "breaker_threshold",
      "breaker_cooldown_ms");

  /** The columns that are not. */
  static final List<String> FACTS = List.of("version", "created_at", "updated_at");

  private static final String COLUMNS = String.join(", ", MEMBERS) + ", secrets";
  private static final String GIVEN =
      MEMBERS.stream().map(name -> "r." + name).collect(Collectors.joining(", ")) + ", r.secrets";

  private static final String OF = "SELECT row_to_json(t) FROM mcp_servers t WHERE account = $1";
  private static final String INSERT = """
      INSERT INTO mcp_servers AS t (account, id, %s)
      SELECT $1, $2, %s FROM jsonb_populate_record(NULL::mcp_servers, $3) r
      RETURNING row_to_json(t)
      """.formatted(COLUMNS, GIVEN);
  private static final String UPDATE = """
      UPDATE mcp_servers t SET (%s) =
        (SELECT %s FROM jsonb_populate_record(NULL::mcp_servers, $3) r),
        version = version + 1, updated_at = now()
      WHERE account = $1 AND id = $2
      RETURNING row_to_json(t)
      """.formatted(COLUMNS, GIVEN);
  private static final String DELETE = "DELETE FROM mcp_servers WHERE account = $1 AND id = $2";
  private static final String PAGE = """
      SELECT row_to_json(t) FROM mcp_servers t WHERE (account, id) > ($1, $2)
      ORDER BY account, id LIMIT 500
      """;
  private static final String OLDER = """
      SELECT account, id, secrets FROM mcp_servers
      WHERE secrets IS NOT NULL AND split_part(secrets, '.', 1) <> $1
        AND (account, id) > ($2, $3)
      ORDER BY account, id LIMIT 500
      """;
  private static final String RESEAL = """
      UPDATE mcp_servers SET secrets = $4 WHERE account = $1 AND id = $2 AND secrets = $3
      """;

  private final SqlClient client;
  private final Vault vault;
  private final boolean pinned;

  ServerTable(SqlClient client, Vault vault, boolean pinned) {
    this.client = client;
    this.vault = vault;
    this.pinned = pinned;
  }

  /** The same within that transaction. */
  ServerTable in(SqlClient transaction) {
    return new ServerTable(transaction, vault, pinned);
  }

  /** What an account has, by name. */
  Future<List<StoredServer>> of(String account) {
    return client
        .preparedQuery(OF + " ORDER BY name")
        .execute(Tuple.of(account))
        .map(this::all);
  }

  Future<Optional<StoredServer>> find(Server.Key key) {
    return client
        .preparedQuery(OF + " AND id = $2")
        .execute(Tuple.of(key.account(), key.id()))
        .map(rows -> all(rows).stream().findFirst());
  }

  Future<StoredServer> insert(Server.Key key, JsonObject said) {
    return client
        .preparedQuery(INSERT)
        .execute(Tuple.of(key.account(), key.id(), row(key, said)))
        .map(rows -> all(rows).get(0));
  }

  Future<StoredServer> update(Server.Key key, JsonObject said) {
    return client
        .preparedQuery(UPDATE)
        .execute(Tuple.of(key.account(), key.id(), row(key, said)))
        .map(rows -> all(rows).get(0));
  }

  Future<Void> delete(Server.Key key) {
    return client
        .preparedQuery(DELETE)
        .execute(Tuple.of(key.account(), key.id()))
        .mapEmpty();
  }

  /** Has nothing of what it offered. */
  Future<Void> forget(Server.Key key) {
    return new DefinitionTable(client).forget(key);
  }

  /** Those of all accounts that come after that one; a page of them. */
  Future<List<StoredServer>> after(String account, UUID id) {
    return client.preparedQuery(PAGE).execute(Tuple.of(account, id)).map(this::all);
  }

  /** Has everything kept with the newest key, as far as it can be read. */
  Future<Void> reseal(String account, UUID id) {
    return vault.newest() == null
        ? Future.succeededFuture()
        : client
            .preparedQuery(OLDER)
            .execute(Tuple.of(vault.newest(), account, id))
            .compose(this::reseal);
  }

  private Future<Void> reseal(RowSet<Row> rows) {
    var batch = new ArrayList<Tuple>();
    Server.Key last = null;
    for (var row : rows) {
      last = new Server.Key(row.getString("account"), row.getUUID("id"));
      var before = row.getString("secrets");
      try {
        var now = vault.seal(last.bound(), vault.open(last.bound(), before));
        batch.add(Tuple.of(last.account(), last.id(), before, now));
      } catch (Vault.Unreadable e) {
        // It is shown with that error; whoever has the key may still come.
      }
    }
    var end = last;
    Future<Void> done = batch.isEmpty()
        ? Future.succeededFuture()
        : client.preparedQuery(RESEAL).executeBatch(batch).mapEmpty();
    return end == null ? done : done.compose(next -> reseal(end.account(), end.id()));
  }

  private JsonObject row(Server.Key key, JsonObject said) {
    var row = new JsonObject();
    var open = withoutSecrets(said);
    MEMBERS.forEach(name -> row.put(name, open.getValue(name)));
    var secrets = Secrets.only(said);
    return secrets.isEmpty() ? row : row.put("secrets", vault.seal(key.bound(), secrets.encode()));
  }

  private static JsonObject withoutSecrets(JsonObject said) {
    var open = said.copy();
    Secrets.only(said)
        .forEach(where -> ((JsonObject) where.getValue())
            .fieldNames()
            .forEach(name -> open.getJsonObject(where.getKey()).put(name, Secrets.HIDDEN)));
    return open;
  }

  private List<StoredServer> all(RowSet<Row> rows) {
    var all = new ArrayList<StoredServer>(rows.size());
    rows.forEach(row -> all.add(StoredServer.of(row.getJsonObject(0), vault, pinned)));
    return all;
  }
}
