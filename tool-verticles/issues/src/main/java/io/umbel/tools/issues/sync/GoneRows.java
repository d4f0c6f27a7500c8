package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.sync.Mirror.News;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Issues that their tracker has no more. */
final class GoneRows {

  private static final String REMOVE = """
      DELETE FROM issues WHERE account = $1 AND project = $2 AND external_id = $3
        AND pg_visible_in_snapshot(changed, $4::text::pg_snapshot)
      RETURNING id, key, revision
      """;
  private static final String UNSEEN = """
      SELECT i.external_id FROM issues i
      WHERE i.account = $1 AND i.project = $2
        AND pg_visible_in_snapshot(i.changed, $3::text::pg_snapshot)
        AND NOT EXISTS (SELECT 1 FROM sync_seen s
          WHERE s.account = $1 AND s.project = $2 AND s.external_id = i.external_id)
      ORDER BY i.id LIMIT 100
      """;

  private final SqlClient client;

  GoneRows(SqlClient client) {
    this.client = client;
  }

  /** Removes that issue, unless it was changed here since that snapshot was taken. */
  Future<List<News>> remove(Project project, String externalId, String snapshot) {
    return client
        .preparedQuery(REMOVE)
        .execute(Tuple.of(project.account(), project.id(), externalId, snapshot))
        .map(rows -> {
          var news = new ArrayList<News>();
          rows.forEach(row -> news.add(new News(
              Event.DELETED,
              Mirror.issue(
                  project,
                  JsonObject.of("id", row.getUUID(0).toString(), "key", row.getString(1))
                      .put("revision", row.getString(2))))));
          return news;
        });
  }

  /** Some of those that were there when a sweep began, and that it has not met. */
  Future<List<String>> unseen(Place place) {
    return client
        .preparedQuery(UNSEEN)
        .execute(Tuple.of(place.project().account(), place.project().id(), place.sweep()))
        .map(rows -> {
          var all = new ArrayList<String>(rows.size());
          rows.forEach(row -> all.add(row.getString(0)));
          return all;
        });
  }
}
