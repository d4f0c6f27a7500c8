package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where in their projects syncs are. */
final class PlaceRows {

  /** What changed so long before the last change is read again: not all trackers tell at once. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final String TO_DO = """
      SELECT row_to_json(v) FROM known_projects v
      LEFT JOIN sync_places l ON l.account = v.account AND l.project = v.id
      WHERE v.account = $1 AND v.tracker_id = $2 AND v.in_scope AND l.is_done IS NOT TRUE
      ORDER BY v.identifier, v.id
      """;
  private static final String KNOW =
      "INSERT INTO sync_places (account, project) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  private static final String FORGET_SEEN = """
      DELETE FROM sync_seen WHERE account = $1 AND project = $2 AND EXISTS (
        SELECT 1 FROM sync_places WHERE account = $1 AND project = $2 AND NOT is_begun)
      """;
  private static final String BEGIN = """
      UPDATE sync_places SET is_begun = true, is_read = false, next = null, newest = null,
        sweep = CASE WHEN swept_at IS NULL OR swept_at < now() - $3 * interval '1 millisecond'
          THEN pg_current_snapshot() END
      WHERE account = $1 AND project = $2 AND NOT is_begun
      """;
  private static final String READ = """
      SELECT to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), next, sweep::text,
        is_read
      FROM sync_places WHERE account = $1 AND project = $2
      """;
  private static final String TURNED = """
      UPDATE sync_places SET next = $3, is_read = $3::text IS NULL, newest = greatest(newest, $4),
        total = coalesce($5, total)
      WHERE account = $1 AND project = $2
      """;
  private static final String SEEN = """
      INSERT INTO sync_seen (account, project, external_id)
      SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING
      """;
  private static final String DONE = """
      UPDATE sync_places SET is_done = true, is_begun = false, sweep = null, next = null,
        since = greatest(since, newest - $3 * interval '1 millisecond'), newest = null,
        swept_at = CASE WHEN sweep IS NULL THEN swept_at ELSE now() END
      WHERE account = $1 AND project = $2
      """;
  private static final String AGAIN = """
      UPDATE sync_places SET next = null, is_read = false WHERE account = $1 AND project = $2
      """;

  private final Pool pool;
  private final Duration sweep;

  PlaceRows(Pool pool, Duration sweep) {
    this.pool = pool;
    this.sweep = sweep;
  }

  /** Those projects of a tracker that this run has not been through. */
  Future<List<Project>> toDo(Claim claim) {
    return pool.preparedQuery(TO_DO)
        .execute(Tuple.of(claim.account(), claim.tracker()))
        .map(rows -> {
          var all = new ArrayList<Project>(rows.size());
          rows.forEach(row -> all.add(new Project(row.getJsonObject(0))));
          return all;
        });
  }

  /** Where to go on, or to begin. */
  Future<Place> enter(Project project) {
    return pool.withTransaction(transaction -> transaction
        .preparedQuery(KNOW)
        .execute(of(project))
        .compose(known -> transaction.preparedQuery(FORGET_SEEN).execute(of(project)))
        .compose(forgot ->
            transaction.preparedQuery(BEGIN).execute(of(project).addLong(sweep.toMillis())))
        .compose(begun -> transaction.preparedQuery(READ).execute(of(project)))
        .map(rows -> {
          var row = rows.iterator().next();
          return new Place(
              project, row.getString(0), row.getString(1), row.getString(2), row.getBoolean(3));
        }));
  }

  /** The page is kept. */
  Future<Void> turned(SqlClient client, Place place, Page page) {
    var newest = page.issues().stream()
        .map(PlaceRows::updated)
        .max(Instant::compareTo)
        .map(at -> at.atOffset(ZoneOffset.UTC))
        .orElse(null);
    var values = of(place.project())
        .addString(page.next())
        .addOffsetDateTime(newest)
        .addInteger(page.total());
    return client
        .preparedQuery(TURNED)
        .execute(values)
        .compose(done ->
            place.isSweep() ? met(client, place.project(), ids(page)) : Future.succeededFuture());
  }

  /** A sweep has met those. */
  Future<Void> met(SqlClient client, Project project, List<String> ids) {
    var values = of(project).addArrayOfString(ids.toArray(String[]::new));
    return client.preparedQuery(SEEN).execute(values).mapEmpty();
  }

  Future<Void> done(SqlClient client, Project project) {
    return client
        .preparedQuery(DONE)
        .execute(of(project).addLong(OVERLAP.toMillis()))
        .mapEmpty();
  }

  /** The tracker does not know its own word for the next page any more. */
  Future<Void> beginAgain(Project project) {
    return pool.preparedQuery(AGAIN).execute(of(project)).mapEmpty();
  }

  private static Instant updated(Copied issue) {
    try {
      return Instant.parse(issue.origin().updatedAt());
    } catch (java.time.DateTimeException | NullPointerException e) {
      return Instant.EPOCH; // such an issue is not kept, and told of
    }
  }

  private static List<String> ids(Page page) {
    return page.issues().stream()
        .map(each -> each.placed().externalId())
        .filter(Objects::nonNull)
        .toList();
  }

  private static Tuple of(Project project) {
    return Tuple.of(project.account(), project.id());
  }
}
