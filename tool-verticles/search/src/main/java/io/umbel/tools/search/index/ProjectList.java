package io.umbel.tools.search.index;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Writes the projects of an account, in a transaction of whoever asks. */
final class ProjectList {

  /** Those that were known, and are told no more, take what is in them with them. */
  private static final String DROP = """
      WITH gone AS (
        DELETE FROM projects WHERE account = $1 AND id <> ALL ($2) RETURNING id)
      DELETE FROM issues i USING gone WHERE i.account = $1 AND i.project = gone.id
      """;

  private static final String PUT = """
      INSERT INTO projects (account, id, identifier, name, organization, project_id, tracker_id,
        tracker, in_scope, is_active)
      SELECT $1, e.* FROM jsonb_to_recordset($2) AS e(id uuid, identifier text, name text,
        organization text, project_id text, tracker_id uuid, tracker text, in_scope boolean,
        is_active boolean)
      ON CONFLICT (account, id) DO UPDATE SET identifier = excluded.identifier,
        name = excluded.name, organization = excluded.organization,
        project_id = excluded.project_id, tracker_id = excluded.tracker_id,
        tracker = excluded.tracker, in_scope = excluded.in_scope, is_active = excluded.is_active
      """;

  private ProjectList() {}

  /** These are all there are. */
  static Future<Void> put(SqlClient transaction, String account, JsonArray all) {
    var ids = all.stream()
        .map(each -> UUID.fromString(((JsonObject) each).getString("id")))
        .toArray(UUID[]::new);
    return transaction
        .preparedQuery(DROP)
        .execute(Tuple.of(account).addArrayOfUUID(ids))
        .compose(done -> transaction.preparedQuery(PUT).execute(Tuple.of(account, all)))
        .mapEmpty();
  }
}
