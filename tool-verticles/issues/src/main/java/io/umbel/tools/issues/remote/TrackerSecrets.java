package io.umbel.tools.issues.remote;

import io.umbel.contract.ErrorCode;
import io.umbel.storage.Vault;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.UUID;

/** What opens trackers, kept so that only a node with the key reads it. */
public final class TrackerSecrets {

  private static final String OLDER = """
      SELECT account, id, secret FROM trackers
      WHERE secret IS NOT NULL AND split_part(secret, '.', 1) <> $1 AND (account, id) > ($2, $3)
      ORDER BY account, id LIMIT 500
      """;
  private static final String RESEAL =
      "UPDATE trackers SET secret = $4 WHERE account = $1 AND id = $2 AND secret = $3";
  private static final UUID FIRST = new UUID(0, 0);

  private final Vault vault;

  /** Secrets in that vault, which may have no keys. */
  public TrackerSecrets(Vault vault) {
    this.vault = vault;
  }

  /** Whether any can be kept here. */
  public boolean canKeep() {
    return vault.newest() != null;
  }

  /** How that secret of a tracker is kept. */
  public String seal(String account, UUID tracker, String secret) {
    return vault.seal(bound(account, tracker), secret);
  }

  /**
   * The secret of a tracker.
   *
   * @throws Refused where it cannot be read here
   */
  public String open(String account, UUID tracker, String name, String sealed) {
    try {
      return sealed == null ? "" : vault.open(bound(account, tracker), sealed);
    } catch (Vault.Unreadable e) {
      throw new Refused(
          ErrorCode.NOT_CONFIGURED,
          "The credentials of tracker " + name + " " + e.getMessage() + ": give them again",
          null);
    }
  }

  /** Has everything kept with the newest key, as far as it can be read. */
  public Future<Void> reseal(SqlClient client) {
    return canKeep() ? reseal(client, "", FIRST) : Future.succeededFuture();
  }

  private Future<Void> reseal(SqlClient client, String account, UUID id) {
    return client
        .preparedQuery(OLDER)
        .execute(Tuple.of(vault.newest(), account, id))
        .compose(rows -> resealed(client, rows));
  }

  private Future<Void> resealed(SqlClient client, RowSet<Row> rows) {
    var batch = new ArrayList<Tuple>();
    Row last = null;
    for (var row : rows) {
      last = row;
      var bound = bound(row.getString(0), row.getUUID(1));
      try {
        var now = vault.seal(bound, vault.open(bound, row.getString(2)));
        batch.add(Tuple.of(row.getString(0), row.getUUID(1), row.getString(2), now));
      } catch (Vault.Unreadable e) {
        // It is told when the tracker is used; whoever has the key may still come.
      }
    }
    var end = last;
    Future<Void> done = batch.isEmpty()
        ? Future.succeededFuture()
        : client.preparedQuery(RESEAL).executeBatch(batch).mapEmpty();
    return end == null
        ? done
        : done.compose(next -> reseal(client, end.getString(0), end.getUUID(1)));
  }

  private static String bound(String account, UUID tracker) {
    return "tracker " + tracker + " of " + account;
  }
}
