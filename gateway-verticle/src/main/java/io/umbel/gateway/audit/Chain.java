package io.umbel.gateway.audit;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hangs rows on the chains of their accounts, within a transaction. Whoever does holds the heads of
 * those accounts, taken in the order of their names, until the transaction ends: gateways that
 * write at once wait for each other and never in a circle.
 */
final class Chain {

  private static final String NEW_HEADS = """
      INSERT INTO audit_heads (account_id, seq, hash)
      SELECT account_id, 0, $2 FROM unnest($1::text[]) AS account_id ORDER BY account_id
      ON CONFLICT (account_id) DO NOTHING
      """;
  private static final String HEADS = """
      SELECT account_id, seq, hash FROM audit_heads
      WHERE account_id = ANY ($1) ORDER BY account_id FOR UPDATE
      """;
  private static final String MOVED =
      "UPDATE audit_heads SET seq = $2, hash = $3 WHERE account_id = $1";
  private static final String KNOWN =
      "SELECT id FROM audit WHERE account_id = ANY ($1) AND id = ANY ($2)";
  private static final String INSERT = "INSERT INTO audit (account_id, seq, "
      + String.join(", ", Row.COLUMNS)
      + ", prev_hash, hash) VALUES ("
      + IntStream.rangeClosed(1, Row.COLUMNS.size() + 4)
          .mapToObj(i -> "$" + i)
          .collect(Collectors.joining(", "))
      + ")";

  private final SqlConnection transaction;

  Chain(SqlConnection transaction) {
    this.transaction = transaction;
  }

  private record Head(long seq, String hash) {}

  /**
   * Hangs them on, in this order.
   *
   * @param again whether some of them may be there already, since nobody knows how the last attempt
   *     ended
   */
  Future<Void> append(List<Entry> entries, boolean again) {
    var accounts = entries.stream()
        .map(Entry::account)
        .collect(Collectors.toCollection(TreeSet::new))
        .toArray(String[]::new);
    return heads(accounts)
        .compose(heads -> (again ? known(accounts, entries) : nothingKnown())
            .compose(known -> insert(heads, entries, known)));
  }

  private Future<Map<String, Head>> heads(String[] accounts) {
    return transaction
        .preparedQuery(NEW_HEADS)
        .execute(Tuple.tuple().addArrayOfString(accounts).addString(Row.BEFORE_ALL))
        .compose(made ->
            transaction.preparedQuery(HEADS).execute(Tuple.tuple().addArrayOfString(accounts)))
        .map(rows -> {
          var heads = new HashMap<String, Head>();
          rows.forEach(
              row -> heads.put(row.getString(0), new Head(row.getLong(1), row.getString(2))));
          return heads;
        });
  }

  private Future<Set<UUID>> known(String[] accounts, List<Entry> entries) {
    var ids = entries.stream().map(Entry::id).toArray(UUID[]::new);
    return transaction
        .preparedQuery(KNOWN)
        .execute(Tuple.tuple().addArrayOfString(accounts).addArrayOfUUID(ids))
        .map(rows -> {
          var known = new HashSet<UUID>();
          rows.forEach(row -> known.add(row.getUUID(0)));
          return known;
        });
  }

  private static Future<Set<UUID>> nothingKnown() {
    return Future.succeededFuture(Set.of());
  }

  private Future<Void> insert(Map<String, Head> heads, List<Entry> entries, Set<UUID> known) {
    var rows = new ArrayList<Tuple>();
    for (var entry : entries) {
      if (!known.contains(entry.id())) {
        var head = heads.get(entry.account());
        var row = Row.after(head.hash(), head.seq() + 1, entry);
        heads.put(entry.account(), new Head(row.seq(), row.link().hash()));
        rows.add(row.toTuple());
      }
    }
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    var moved = new ArrayList<Tuple>();
    heads.forEach((account, head) -> moved.add(Tuple.of(account, head.seq(), head.hash())));
    return transaction
        .preparedQuery(INSERT)
        .executeBatch(rows)
        .compose(inserted -> transaction.preparedQuery(MOVED).executeBatch(moved))
        .mapEmpty();
  }
}
