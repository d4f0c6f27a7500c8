package io.umbel.tools.issues.store;

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

/** Reads issues. */
public final class IssueRows {

  /** How many candidates are named where a reference means several, and one to know it by. */
  private static final int CANDIDATES = 5;

  private static final String WITHIN =
      " FROM known_issues v WHERE v.account = $1 AND ($2::text IS NULL OR v.project_id = $2)";

  private static final String FIND = """
      SELECT row_to_json(v), CASE WHEN v.url = $3 THEN 1 WHEN v.url = $4 THEN 2
        WHEN lower(v.key) = lower($5) THEN 3 WHEN lower(v.key) = lower($3) THEN 4 ELSE 5 END
      """ + WITHIN + """
       AND (v.url = $3 OR v.url = $4 OR lower(v.key) = lower($5) OR lower(v.key) = lower($3)
        OR v.id = $6)
      ORDER BY 2, v.id LIMIT 6
      """;

  private static final String FIND_BY_END = """
      SELECT row_to_json(v), 6""" + WITHIN + """
       AND reverse(lower(v.key)) COLLATE "C" LIKE $3
       AND ($4 OR substr(reverse(lower(v.key)), $5, 1) !~ '[a-z0-9]')
      ORDER BY v.touched DESC, v.id LIMIT 6
      """;

  private static final String BY_ID = "SELECT row_to_json(v), 5" + WITHIN + " AND v.id = $3";

  private static final String OPEN_LIKE = """
      SELECT row_to_json(v), 0 FROM known_issues v JOIN issues i
        ON i.account = v.account AND i.id = v.id
      WHERE v.account = $1 AND i.account = $1 AND i.project = $2 AND v.category <> 'done'
        AND i.words @@ to_tsquery('simple', $3)
      ORDER BY ts_rank(i.words, to_tsquery('simple', $3)) DESC, v.id LIMIT $4
      """;

  private final SqlClient client;

  public IssueRows(SqlClient client) {
    this.client = client;
  }

  /** What one found row is, and by which step of the reference's order. */
  private record Found(Issue issue, int step) {}

  /** The issue that is meant; fails with {@link Refused}. */
  public Future<Issue> find(Scope scope, Reference reference) {
    var values = Tuple.of(scope.account(), scope.project(), reference.text())
        .addString(reference.bare())
        .addString(reference.keyInUrl())
        .addUUID(reference.id());
    return client
        .preparedQuery(FIND)
        .execute(values)
        .map(IssueRows::all)
        .compose(
            found -> found.isEmpty() ? findByEnd(scope, reference) : Future.succeededFuture(found))
        .map(found -> meant(reference, found));
  }

  /** The issue of that id, as it is now. */
  public Future<Optional<Issue>> byId(Scope scope, UUID id) {
    return client
        .preparedQuery(BY_ID)
        .execute(Tuple.of(scope.account(), scope.project(), id))
        .map(rows -> all(rows).stream().map(Found::issue).findFirst());
  }

  /** Those not done in a project whose titles share a word, the likest first. */
  public Future<List<Issue>> openWith(Project project, List<String> words, int most) {
    if (words.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return client
        .preparedQuery(OPEN_LIKE)
        .execute(Tuple.of(project.account(), project.id(), String.join(" | ", words), most))
        .map(rows -> all(rows).stream().map(Found::issue).toList());
  }

  private Future<List<Found>> findByEnd(Scope scope, Reference reference) {
    var values = Tuple.of(scope.account(), scope.project(), reference.endPattern())
        .addBoolean(reference.beginsWithSign())
        .addInteger(reference.text().length() + 1);
    return client.preparedQuery(FIND_BY_END).execute(values).map(IssueRows::all);
  }

  private static Issue meant(Reference reference, List<Found> found) {
    if (found.isEmpty()) {
      throw Refused.noIssue(reference.text());
    }
    var step = found.get(0).step();
    var meant =
        found.stream().filter(one -> one.step() == step).map(Found::issue).toList();
    var within = meant.stream().filter(Issue::isInScope).toList();
    if (within.isEmpty()) {
      var project = meant.get(0).project();
      throw Refused.outOfScope(project.identifier(), project.trackerName());
    }
    if (within.size() > 1) {
      throw Refused.ambiguous(
          "issue",
          reference.text(),
          within.stream().limit(CANDIDATES).map(Issue::candidate).toList());
    }
    return within.get(0);
  }

  private static List<Found> all(RowSet<Row> rows) {
    var all = new ArrayList<Found>(rows.size());
    rows.forEach(row -> {
      JsonObject columns = row.getJsonObject(0);
      all.add(new Found(new Issue(columns), row.getInteger(1)));
    });
    return all;
  }
}
