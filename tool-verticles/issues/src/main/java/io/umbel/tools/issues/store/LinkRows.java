package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Links between issues, kept from both ends. */
public final class LinkRows {

  private static final String HAS = """
      SELECT 1 FROM links WHERE account = $1 AND issue = $2 AND related = $3 AND relation = $4
      """;
  private static final String ADD = """
      INSERT INTO links (account, issue, related, relation)
      VALUES ($1, $2, $3, $4), ($1, $3, $2, $5) ON CONFLICT DO NOTHING
      """;
  private static final String TOUCH = """
      UPDATE issues SET changed = pg_current_xact_id(), updated_at = clock_timestamp()
      WHERE account = $1 AND id IN ($2, $3)
      """;

  /** What is out of the scope is not told of. */
  private static final String OF = """
      SELECT json_build_object('relation', l.relation, 'key', v.key, 'id', v.id, 'title', v.title,
        'status', v.status)
      FROM links l JOIN known_issues v ON v.account = l.account AND v.id = l.related
      WHERE l.account = $1 AND v.account = $1 AND l.issue = $3 AND v.in_scope
        AND ($2::text IS NULL OR v.project_id = $2)
      ORDER BY l.relation, v.key LIMIT 100
      """;

  private final SqlClient client;

  public LinkRows(SqlClient client) {
    this.client = client;
  }

  /** Whether they are linked so. */
  public Future<Boolean> has(Issue issue, Issue related, Relation relation) {
    return client
        .preparedQuery(HAS)
        .execute(Tuple.of(issue.account(), issue.id(), related.id(), relation.word()))
        .map(rows -> rows.size() > 0);
  }

  /** Links both; false where they were linked so before. */
  public Future<Boolean> add(Issue issue, Issue related, Relation relation) {
    var values = Tuple.of(issue.account(), issue.id(), related.id())
        .addString(relation.word())
        .addString(relation.fromTheOtherEnd());
    return client
        .preparedQuery(ADD)
        .execute(values)
        .map(rows -> rows.rowCount() > 0)
        .compose(isNew -> isNew ? touch(issue, related).map(true) : Future.succeededFuture(false));
  }

  /** What it is linked to, as far as the scope reaches. */
  public Future<List<JsonObject>> of(Scope scope, Issue issue) {
    return client
        .preparedQuery(OF)
        .execute(Tuple.of(scope.account(), scope.project(), issue.id()))
        .map(rows -> {
          var all = new ArrayList<JsonObject>(rows.size());
          rows.forEach(row -> all.add(row.getJsonObject(0)));
          return all;
        });
  }

  private Future<?> touch(Issue issue, Issue related) {
    return client.preparedQuery(TOUCH).execute(Tuple.of(issue.account(), issue.id(), related.id()));
  }
}
