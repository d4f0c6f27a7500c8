package io.umbel.tools.issues.sync;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** What people are told of syncs, and how they ask for one. */
public final class SyncBoard {

  /** Whoever runs it now sees what is there now: it is not asked for twice. */
  private static final String ASK = """
      INSERT INTO syncs (account, tracker)
      SELECT t.account, t.id FROM trackers t WHERE t.account = $1 AND t.id = $2
        AND t.tracker_type <> 'local' AND t.is_active AND NOT t.is_deleted
      ON CONFLICT (account, tracker) DO UPDATE SET due_at = now(), state = 'queued'
        WHERE syncs.state <> 'running' OR syncs.claimed_until < now()
      """;

  private static final String SHOW = """
      SELECT json_build_object(
        'state', CASE WHEN s.state = 'running' AND s.claimed_until < now() THEN 'queued'
          ELSE s.state END,
        'done', s.done, 'total', (
          SELECT CASE WHEN bool_and(l.total IS NOT NULL) THEN sum(l.total) END
          FROM projects p LEFT JOIN sync_places l ON l.account = p.account AND l.project = p.id
          WHERE p.account = $1 AND p.tracker_id = $2 AND p.in_scope),
        'written', s.written, 'failed', s.failed, 'failures', s.failures, 'error', s.error,
        'started_at', to_char(s.started_at AT TIME ZONE 'UTC', '%1$s'),
        'ended_at', to_char(s.ended_at AT TIME ZONE 'UTC', '%1$s'),
        'synced_at', to_char(s.synced_at AT TIME ZONE 'UTC', '%1$s'),
        'next_at', CASE WHEN s.state <> 'running' THEN
          to_char(s.due_at AT TIME ZONE 'UTC', '%1$s') END)
      FROM syncs s JOIN trackers t ON t.account = s.account AND t.id = s.tracker
      WHERE s.account = $1 AND s.tracker = $2 AND NOT t.is_deleted
      """.formatted("YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"");

  private final Pool pool;

  public SyncBoard(Pool pool) {
    this.pool = pool;
  }

  /**
   * Has a tracker synced as soon as somebody is free; one that is local, or no more, has no sync.
   */
  public Future<Void> ask(String account, UUID tracker) {
    return pool.preparedQuery(ASK).execute(Tuple.of(account, tracker)).mapEmpty();
  }

  /** Where its sync stands; nothing where it has none. */
  public Future<Optional<JsonObject>> show(String account, UUID tracker) {
    return pool.preparedQuery(SHOW)
        .execute(Tuple.of(account, tracker))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.of(rows.iterator().next().getJsonObject(0)));
  }
}
