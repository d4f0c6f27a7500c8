package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The labels of projects. */
public final class LabelRows {

  private static final String KNOW = """
      INSERT INTO labels (account, project, name)
      SELECT $1, $2, name FROM unnest($3::text[]) name ON CONFLICT DO NOTHING
      """;
  private static final String ALL = """
      SELECT json_build_object('name', l.name, 'description', l.description, 'color', l.color,
        'issues', (SELECT count(*) FROM issues i
          WHERE i.account = $1 AND i.project = $2 AND i.labels @> ARRAY[l.name]))
      FROM labels l WHERE l.account = $1 AND l.project = $2 ORDER BY l.name LIMIT $3
      """;

  /** More labels than anybody keeps apart. */
  private static final int MOST = 1000;

  private final SqlClient client;

  public LabelRows(SqlClient client) {
    this.client = client;
  }

  /** Begins to know labels that it does not know. */
  public Future<Void> know(Project project, List<String> labels) {
    return labels.isEmpty()
        ? Future.succeededFuture()
        : client
            .preparedQuery(KNOW)
            .execute(Tuple.of(project.account(), project.id(), labels.toArray(String[]::new)))
            .mapEmpty();
  }

  /** By name, with how many issues have each. */
  public Future<List<JsonObject>> of(Project project) {
    return client
        .preparedQuery(ALL)
        .execute(Tuple.of(project.account(), project.id(), MOST))
        .map(rows -> {
          var all = new ArrayList<JsonObject>(rows.size());
          rows.forEach(row -> all.add(row.getJsonObject(0)));
          return all;
        });
  }
}
