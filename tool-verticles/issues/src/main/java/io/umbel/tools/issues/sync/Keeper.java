package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.sync.Mirror.Kept;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.write.IssueEvents;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Keeps what trackers tell, and tells it on once that is committed. */
final class Keeper {

  /** What PostgreSQL calls a value that it cannot keep. */
  private static final String UNSTORABLE = "22.*|23514|23502";

  private static final String SNAPSHOT = "SELECT pg_current_snapshot()::text";

  private final Pool pool;
  private final IssueEvents events;

  Keeper(Pool pool, IssueEvents events) {
    this.pool = pool;
    this.events = events;
  }

  /** What there is to see in the database now: to be asked for before the tracker is. */
  Future<String> snapshot() {
    return pool.query(SNAPSHOT).execute().map(rows -> rows.iterator().next().getString(0));
  }

  /**
   * Keeps those issues in one transaction with what belongs to them. Where PostgreSQL cannot keep
   * one of them, each is kept for itself, so that only that one fails.
   *
   * @param with what is written in the same transaction
   */
  Future<Kept> keep(
      Project project,
      String snapshot,
      List<Copied> issues,
      BiFunction<SqlConnection, Kept, Future<Void>> with) {
    return pool.withTransaction(transaction -> new Mirror(transaction, project)
            .keep(snapshot, issues)
            .compose(kept -> with.apply(transaction, kept).map(kept)))
        .onSuccess(this::tell)
        .recover(why -> isUnstorable(why) && !issues.isEmpty()
            ? each(project, snapshot, issues)
                .compose(kept -> pool.withTransaction(
                    transaction -> with.apply(transaction, kept).map(kept)))
            : Future.failedFuture(why));
  }

  /** Reads one issue anew, and keeps it, or removes it where the tracker says that it is gone. */
  Future<Kept> reread(
      Remote remote,
      Project project,
      String externalId,
      Function<SqlConnection, Future<Void>> with) {
    return snapshot()
        .compose(snapshot -> remote
            .issue(project, externalId)
            .compose(found -> found.isPresent()
                ? keep(project, snapshot, List.of(found.get()), (tx, kept) -> with.apply(tx))
                : remove(project, externalId, snapshot, with)));
  }

  private Future<Kept> remove(
      Project project,
      String externalId,
      String snapshot,
      Function<SqlConnection, Future<Void>> with) {
    return pool.withTransaction(transaction -> new GoneRows(transaction)
            .remove(project, externalId, snapshot)
            .compose(news -> with.apply(transaction).map(new Kept(news, List.of()))))
        .onSuccess(this::tell);
  }

  private Future<Kept> each(Project project, String snapshot, List<Copied> issues) {
    var all = new Kept(new ArrayList<>(), new ArrayList<>());
    var done = Future.<Void>succeededFuture();
    for (var issue : issues) {
      done = done.compose(before -> pool.withTransaction(
              transaction -> new Mirror(transaction, project).keep(snapshot, List.of(issue)))
          .onSuccess(this::tell)
          .recover(why -> isUnstorable(why)
              ? Future.succeededFuture(new Kept(List.of(), List.of(unstorable(issue))))
              : Future.failedFuture(why))
          .map(kept -> {
            all.news().addAll(kept.news());
            all.failures().addAll(kept.failures());
            return null;
          }));
    }
    return done.map(all);
  }

  private void tell(Kept kept) {
    kept.news().forEach(news -> events.tell(news.event(), news.issue()));
  }

  private static Failure unstorable(Copied issue) {
    return new Failure(issue.placed().key(), "The database cannot keep a value of it");
  }

  private static boolean isUnstorable(Throwable why) {
    return why instanceof PgException database
        && String.valueOf(database.getSqlState()).matches(UNSTORABLE);
  }
}
