package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Remote.Label;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Keeps what a tracker says of a project's labels; those it does not name stay known. */
final class LabelCopy {

  private static final int LONGEST = 100;
  private static final String PUT = """
      INSERT INTO labels AS l (account, project, name, description, color)
      SELECT DISTINCT ON (e ->> 'name') $1, $2::uuid, e ->> 'name', e ->> 'description',
        e ->> 'color'
      FROM jsonb_array_elements($3::jsonb) e
      ON CONFLICT (account, project, name) DO UPDATE
        SET description = EXCLUDED.description, color = EXCLUDED.color
        WHERE (l.description, l.color) IS DISTINCT FROM (EXCLUDED.description, EXCLUDED.color)
      """;

  private final SqlClient client;

  LabelCopy(SqlClient client) {
    this.client = client;
  }

  Future<Void> keep(Project project, List<Label> labels) {
    var fitting = labels.stream()
        .map(label -> JsonObject.of("name", Fit.clean(label.name()).strip())
            .put("description", Fit.clean(label.description()))
            .put("color", Fit.clean(label.color())))
        .filter(label -> !label.getString("name").isEmpty())
        .filter(label -> label.getString("name").length() <= LONGEST)
        .toList();
    return fitting.isEmpty()
        ? Future.succeededFuture()
        : client
            .preparedQuery(PUT)
            .execute(Tuple.of(project.account(), project.id(), new JsonArray(fitting)))
            .mapEmpty();
  }
}
