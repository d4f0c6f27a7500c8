package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads single issues anew that somebody knocked for. Each is tried a few times, on whichever
 * instance comes to it; then the next sync has to do.
 */
final class Rereads {

  private static final Logger LOG = LoggerFactory.getLogger(Rereads.class);
  private static final int AT_ONCE = 10;

  private static final String FORGET =
      "DELETE FROM rereads WHERE attempts >= 8 AND due_at <= now()";

  /** Until then nobody else tries it. */
  private static final String CLAIM = """
      UPDATE rereads r SET attempts = attempts + 1,
        due_at = now() + least(3600, 30 * 2 ^ attempts) * interval '1 second'
      FROM (SELECT account, project, external_id FROM rereads WHERE due_at <= now()
        ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
      WHERE r.account = due.account AND r.project = due.project
        AND r.external_id = due.external_id
      RETURNING r.external_id, r.mark, (SELECT row_to_json(v) FROM known_projects v
        WHERE v.account = r.account AND v.id = r.project AND v.in_scope)
      """;

  private static final String DONE = """
      DELETE FROM rereads WHERE account = $1 AND project = $2 AND external_id = $3 AND mark = $4
      """;

  private final Pool pool;
  private final Remotes remotes;
  private final Keeper keeper;
  private boolean isLooking;
  private boolean isAsked;

  Rereads(Pool pool, Remotes remotes, Keeper keeper) {
    this.pool = pool;
    this.remotes = remotes;
    this.keeper = keeper;
  }

  /** One that is to be read. */
  private record Due(Project project, String externalId, UUID mark) {}

  /** Reads what is due; completes when nothing more is, and never fails. */
  Future<Void> look() {
    if (isLooking) {
      isAsked = true;
      return Future.succeededFuture();
    }
    isLooking = true;
    isAsked = false;
    return pool.query(FORGET)
        .execute()
        .compose(forgot -> claim())
        .compose(due -> all(due).map(due.size() == AT_ONCE))
        .onComplete(looked -> isLooking = false)
        .compose(more -> more || isAsked ? look() : Future.<Void>succeededFuture())
        .otherwiseEmpty();
  }

  private Future<List<Due>> claim() {
    return pool.preparedQuery(CLAIM).execute(Tuple.of(AT_ONCE)).map(rows -> {
      var all = new ArrayList<Due>();
      for (var row : rows) {
        JsonObject project = row.getJsonObject(2);
        if (project != null) {
          all.add(new Due(new Project(project), row.getString(0), row.getUUID(1)));
        }
      }
      return all;
    });
  }

  private Future<Void> all(List<Due> due) {
    return Future.join(due.stream().map(this::one).toList()).otherwiseEmpty().mapEmpty();
  }

  private Future<?> one(Due due) {
    var project = due.project();
    return remotes
        .of(project.account(), project.tracker())
        .compose(remote -> keeper.reread(
            remote,
            project,
            due.externalId(),
            transaction -> transaction
                .preparedQuery(DONE)
                .execute(Tuple.of(project.account(), project.id(), due.externalId(), due.mark()))
                .mapEmpty()))
        .onFailure(why -> LOG.atWarn()
            .addKeyValue("account", project.account())
            .addKeyValue("tracker", project.tracker())
            .addKeyValue("reason", why.getMessage())
            .log("An issue could not be read anew"));
  }
}
