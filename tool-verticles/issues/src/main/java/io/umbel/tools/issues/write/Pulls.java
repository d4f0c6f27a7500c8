package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.PullReference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.PullRequests.Wanted;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.umbel.tools.issues.write.Books.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Pull requests of trackers. No copy of them is kept: each is read and written over there. */
public final class Pulls {

  private final Desk desk;

  public Pulls(Desk desk) {
    this.desk = desk;
  }

  /** What {@code get_pull_request} answers. */
  public Future<JsonObject> get(Scope scope, PullReference pull, Wanted wanted) {
    return project(scope, pull)
        .compose(project -> desk.remotes()
            .of(project.account(), project.tracker())
            .compose(remote -> of(project, remote).get(project, pull.number(), wanted)));
  }

  /** What {@code create_pull_request} answers. */
  public Future<JsonObject> create(Scope scope, String project, JsonObject arguments) {
    return desk.projects()
        .find(scope, project, PullReference.TYPES)
        .compose(found -> write(found, null, pulls -> pulls.create(found, arguments)));
  }

  /** What {@code update_pull_request} answers. */
  public Future<JsonObject> update(Scope scope, PullReference pull, JsonObject arguments) {
    return project(scope, pull)
        .compose(project ->
            write(project, null, pulls -> pulls.update(project, pull.number(), arguments)));
  }

  /** What {@code add_comment} answers of one. */
  Future<JsonObject> comment(Scope scope, PullReference pull, Remark remark, Repeats.Mark mark) {
    return project(scope, pull)
        .compose(project -> write(
            project,
            mark,
            pulls -> pulls
                .comment(project, pull.number(), remark)
                .map(placed -> JsonObject.of("comment_id", placed.externalId(), "status", "created")
                    .put("message", "Commented on " + pull.key())
                    .put("url", placed.url()))));
  }

  /** What {@code update_comment} answers of one. */
  Future<JsonObject> change(Scope scope, PullReference pull, CommentChange change) {
    return project(scope, pull)
        .compose(project -> write(
            project,
            null,
            pulls -> pulls
                .change(project, pull.number(), change)
                .map(placed -> JsonObject.of("comment_id", placed.externalId(), "status", "updated")
                    .put("message", "Changed a comment of " + pull.key())
                    .put("url", placed.url()))));
  }

  private Future<Project> project(Scope scope, PullReference pull) {
    return desk.projects().find(scope, pull.project(), pull.types());
  }

  private Future<JsonObject> write(
      Project project, Repeats.Mark mark, Function<PullRequests, Future<JsonObject>> work) {
    return desk.write(project, mark, new Write<JsonObject>() {
      @Override
      public Future<JsonObject> ask(Books books, Tracker tracker) {
        return work.apply(of(project, tracker));
      }

      @Override
      public Future<Answer> keep(Books books, JsonObject told) {
        return Future.succeededFuture(Answer.of(told));
      }
    });
  }

  private static PullRequests of(Project project, Tracker tracker) {
    if (tracker instanceof Remote remote && remote.pullRequests().isPresent()) {
      return remote.pullRequests().get();
    }
    throw new Refused(
        ErrorCode.NOT_SUPPORTED,
        "Tracker " + project.trackerName() + " has no pull requests",
        null);
  }
}
