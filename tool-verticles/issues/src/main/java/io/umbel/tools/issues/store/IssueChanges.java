package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes issues, in a transaction of whoever asks. */
public final class IssueChanges {

  private static final String LOCK_PROJECT =
      "SELECT 1 FROM projects WHERE account = $1 AND id = $2 FOR UPDATE";
  private static final String LOCK =
      "SELECT 1 FROM issues WHERE account = $1 AND id = $2 FOR UPDATE";
  private static final String READ = """
      title, description, status, category, priority, labels, assignee, revision""";
  private static final String FIELDS = """
      SELECT $3::jsonb ->> 'title', $3::jsonb ->> 'description', $3::jsonb ->> 'status',
        $3::jsonb ->> 'category', $3::jsonb ->> 'priority',
        ARRAY(SELECT jsonb_array_elements_text($3::jsonb -> 'labels')),
        $3::jsonb ->> 'assignee', $3::jsonb ->> 'revision'""";
  private static final String INSERT = """
      INSERT INTO issues (account, project, external_id, key, url, author, meta_data, %s)
      SELECT $1, $2, $4, $5, $6, $7, $8, f.* FROM (%s) f
      ON CONFLICT (account, project, external_id) DO UPDATE SET (%s) = (%s),
        author = EXCLUDED.author, changed = pg_current_xact_id(), updated_at = clock_timestamp()
      RETURNING id
      """.formatted(READ, FIELDS, READ, excluded());
  private static final String UPDATE = """
      UPDATE issues SET (%s) = (%s),
        meta_data = jsonb_strip_nulls(meta_data || $4::jsonb), changed = pg_current_xact_id(),
        updated_at = clock_timestamp()
      WHERE account = $1 AND id = $2
      """.formatted(READ, FIELDS);

  private final SqlClient client;

  public IssueChanges(SqlClient client) {
    this.client = client;
  }

  /**
   * Where a new issue is.
   *
   * @param externalId what its tracker calls it
   */
  public record Place(Project project, String externalId, String key, String url, String author) {}

  /** Waits for whoever else makes issues in that project. */
  public Future<Void> lock(Project project) {
    return client
        .preparedQuery(LOCK_PROJECT)
        .execute(Tuple.of(project.account(), project.id()))
        .mapEmpty();
  }

  /** Waits for whoever else changes that issue. */
  public Future<Void> lock(Issue issue) {
    return client
        .preparedQuery(LOCK)
        .execute(Tuple.of(issue.account(), issue.id()))
        .mapEmpty();
  }

  /** Keeps a new issue; its id. A sync may have brought it before. */
  public Future<UUID> insert(Place place, Fields fields) {
    var values = Tuple.of(place.project().account(), place.project().id(), json(fields))
        .addString(place.externalId())
        .addString(place.key())
        .addString(place.url())
        .addString(place.author());
    values.addValue(original(fields, new JsonObject()));
    return client
        .preparedQuery(INSERT)
        .execute(values)
        .map(rows -> rows.iterator().next().getUUID(0));
  }

  /** Keeps what an issue is now. */
  public Future<Void> update(Issue issue, Fields fields) {
    var original = original(fields, new JsonObject().putNull("original_status"));
    return client
        .preparedQuery(UPDATE)
        .execute(Tuple.of(issue.account(), issue.id(), json(fields), original))
        .mapEmpty();
  }

  private static JsonObject original(Fields fields, JsonObject into) {
    var original = fields.status().original();
    return original == null ? into : into.put("original_status", original);
  }

  private static JsonObject json(Fields fields) {
    return JsonObject.of("title", fields.title(), "description", fields.description())
        .put("status", fields.status().word())
        .put("category", fields.status().category())
        .put("priority", fields.priority())
        .put("labels", new JsonArray(fields.labels()))
        .put("assignee", fields.assignee())
        .put("revision", fields.revision());
  }

  private static String excluded() {
    return Arrays.stream(READ.split(",", -1))
        .map(column -> "EXCLUDED." + column.strip())
        .collect(Collectors.joining(", "));
  }
}
