package io.umbel.registry.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Definitions.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of what servers offer and how they do. */
final class DefinitionTable {

  private static final String OF = """
      SELECT kind, name, json, approved, state, hash FROM definitions
      WHERE account = $1 AND server = $2 ORDER BY place
      """;
  private static final String PUT = """
      INSERT INTO definitions AS d
        (account, server, kind, key, name, json, approved, state, hash, place)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (account, server, kind, key) DO UPDATE SET
        json = excluded.json, approved = excluded.approved, state = excluded.state,
        hash = excluded.hash, place = excluded.place, updated_at = now()
      WHERE (d.hash, d.state, d.place) <> (excluded.hash, excluded.state, excluded.place)
        OR d.json <> excluded.json OR d.approved IS DISTINCT FROM excluded.approved
      """;
  private static final String CUT =
      "DELETE FROM definitions WHERE account = $1 AND server = $2 AND kind = $3 AND key = $4";
  private static final String APPROVE = """
      UPDATE definitions SET state = 'APPROVED', approved = NULL, updated_at = now()
      WHERE account = $1 AND server = $2 AND state IN ('CHANGED', 'SHADOWING')
        AND (cardinality($3::text[]) = 0 OR name = ANY ($3))
      """;
  private static final String DISCOVERED = """
      SELECT kind, name, discovered_at FROM definitions WHERE account = $1 AND server = $2
      """;
  private static final String STANDING = """
      SELECT healthy, error, scanned_at, checked_at, facts FROM standings
      WHERE account = $1 AND server = $2
      """;
  private static final String STANDS = """
      INSERT INTO standings (account, server, healthy, error, scanned_at, checked_at, facts)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (account, server) DO UPDATE SET
        healthy = excluded.healthy, error = excluded.error, scanned_at = excluded.scanned_at,
        checked_at = excluded.checked_at, facts = excluded.facts
      """;
  private static final String FORGET = """
      WITH d AS (DELETE FROM definitions WHERE account = $1 AND server = $2),
        s AS (DELETE FROM standings WHERE account = $1 AND server = $2)
      DELETE FROM changes WHERE account = $1 AND subject = $2
      """;
  private static final String THERE =
      "SELECT 1 FROM mcp_servers WHERE account = $1 AND id = $2 FOR SHARE";

  private final SqlClient client;

  DefinitionTable(SqlClient client) {
    this.client = client;
  }

  Future<List<Definition>> of(Server.Key server) {
    return client.preparedQuery(OF).execute(at(server)).map(DefinitionTable::all);
  }

  Future<Optional<Standing>> standing(Server.Key server) {
    return client
        .preparedQuery(STANDING)
        .execute(at(server))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.of(standing(rows.iterator().next())));
  }

  /** When each was first found, by kind and name. */
  Future<Map<String, Instant>> discovered(Server.Key server) {
    return client.preparedQuery(DISCOVERED).execute(at(server)).map(rows -> {
      var found = new HashMap<String, Instant>();
      rows.forEach(row -> found.put(
          row.getString("kind") + " " + row.getString("name"),
          row.getOffsetDateTime("discovered_at").toInstant()));
      return found;
    });
  }

  /** Whether it is there, and stays as long as the transaction lasts. */
  Future<Boolean> isThere(Server.Key server) {
    return server.isOperators()
        ? Future.succeededFuture(true)
        : client.preparedQuery(THERE).execute(at(server)).map(rows -> rows.size() > 0);
  }

  /** Has exactly these. */
  Future<Void> put(Server.Key server, List<Definition> before, List<Definition> now) {
    var written = new ArrayList<Tuple>();
    for (var place = 0; place < now.size(); place++) {
      written.add(tuple(server, now.get(place), place));
    }
    var cut = before.stream()
        .filter(old -> now.stream().noneMatch(each -> isSame(old, each)))
        .map(old -> Tuple.of(server.account(), server.id(), old.kind().name(), key(old.name())))
        .toList();
    return batch(PUT, written).compose(done -> batch(CUT, cut));
  }

  private Future<Void> batch(String sql, List<Tuple> batch) {
    return batch.isEmpty()
        ? Future.succeededFuture()
        : client.preparedQuery(sql).executeBatch(batch).mapEmpty();
  }

  /** How many have been approved. */
  Future<Integer> approve(Server.Key server, List<String> names) {
    return client
        .preparedQuery(APPROVE)
        .execute(at(server).addArrayOfString(names.toArray(new String[0])))
        .map(RowSet::rowCount);
  }

  Future<Void> stands(Server.Key server, Standing standing) {
    return client
        .preparedQuery(STANDS)
        .execute(at(server)
            .addBoolean(standing.healthy())
            .addString(storable(standing.error()))
            .addOffsetDateTime(time(standing.scannedAt()))
            .addOffsetDateTime(time(standing.checkedAt()))
            .addString(storable(standing.facts().encode())))
        .mapEmpty();
  }

  /** Knows nothing of it any more. */
  Future<Void> forget(Server.Key server) {
    return client.preparedQuery(FORGET).execute(at(server)).mapEmpty();
  }

  private static Tuple at(Server.Key server) {
    return Tuple.of(server.account(), server.id());
  }

  private static boolean isSame(Definition one, Definition other) {
    return one.kind() == other.kind() && one.name().equals(other.name());
  }

  private static Tuple tuple(Server.Key server, Definition definition, int place) {
    var approved = definition.approved();
    return at(server)
        .addString(definition.kind().name())
        .addBuffer(key(definition.name()))
        .addString(storable(definition.name()))
        .addString(storable(definition.json().encode()))
        .addString(approved == null ? null : storable(approved.encode()))
        .addString(definition.state().name())
        .addString(definition.hash())
        .addInteger(place);
  }

  private static List<Definition> all(RowSet<Row> rows) {
    var all = new ArrayList<Definition>(rows.size());
    for (var row : rows) {
      var approved = row.getString("approved");
      all.add(new Definition(
          Kind.valueOf(row.getString("kind")),
          row.getString("name"),
          new JsonObject(row.getString("json")),
          approved == null ? null : new JsonObject(approved),
          State.valueOf(row.getString("state")),
          row.getString("hash")));
    }
    return all;
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.getBoolean("healthy"),
        row.getString("error"),
        instant(row.getOffsetDateTime("scanned_at")),
        instant(row.getOffsetDateTime("checked_at")),
        new JsonObject(row.getString("facts")));
  }

  private static Buffer key(String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return Buffer.buffer(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PostgreSQL keeps neither a zero character nor half of a pair, and servers can send both. */
  private static String storable(String text) {
    return text == null ? null : new String(text.getBytes(UTF_8), UTF_8).replace('\0', '\uFFFD');
  }

  private static OffsetDateTime time(Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
