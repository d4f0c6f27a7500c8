package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.CommentRows.Named;
import io.umbel.tools.issues.store.HistoryRows.Entry;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.PullReference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.write.Books.Answer;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Changes comments of trackers on other servers. */
public final class Recommenting {

  private final Desk desk;

  public Recommenting(Desk desk) {
    this.desk = desk;
  }

  /**
   * Changes one; what {@code update_comment} answers.
   *
   * @param target of which issue or pull request
   * @param change its comment by our name or the tracker's
   */
  public Future<JsonObject> change(Scope scope, Actor actor, String target, CommentChange change) {
    var pull = PullReference.of(target);
    if (pull.isPresent() && pull.get().isCertain()) {
      return new Pulls(desk).change(scope, pull.get(), change);
    }
    return desk.find(scope, target)
        .compose(
            issue -> ofIssue(actor, issue, change),
            why -> pull.isPresent() && Commenting.isNothing(why)
                ? new Pulls(desk)
                    .change(scope, pull.get(), change)
                    .recover(no -> Commenting.eitherWay(why, no))
                : Future.failedFuture(why));
  }

  private Future<JsonObject> ofIssue(Actor actor, Issue issue, CommentChange change) {
    return desk.books()
        .comments()
        .named(issue, change.externalId())
        .map(found -> found.orElseThrow(() -> Commenting.noComment(change.externalId())))
        .compose(
            named -> desk.write(issue.project(), null, new Changing(actor, issue, named, change)));
  }

  /** One that is being made. */
  private final class Changing implements Write<PlacedComment> {

    private final Actor actor;
    private final Issue issue;
    private final Named named;
    private final CommentChange change;

    Changing(Actor actor, Issue issue, Named named, CommentChange change) {
      this.actor = actor;
      this.issue = issue;
      this.named = named;
      this.change = change;
    }

    @Override
    public Future<PlacedComment> ask(Books books, Tracker tracker) {
      if (!(tracker instanceof Remote remote)) {
        throw new Refused(
            ErrorCode.NOT_SUPPORTED, "Comments of a local tracker stay as they are", null);
      }
      return remote.change(
          issue,
          new CommentChange(
              named.externalId(),
              change.body(),
              change.resolved(),
              change.thread(),
              change.type()));
    }

    @Override
    public Future<Answer> keep(Books books, PlacedComment placed) {
      var json = JsonObject.of("comment_id", named.id().toString(), "status", "updated")
          .put("message", "Changed a comment of " + issue.key())
          .put("url", placed.url());
      Runnable news = () -> desk.events().tell(Event.COMMENTED, issue);
      return (change.body() == null ? Future.<Void>succeededFuture() : rewritten(books))
          .map(new Answer(json, news));
    }

    private Future<Void> rewritten(Books books) {
      var id = named.id().toString();
      return books
          .comments()
          .rewrite(issue, named.id(), change.body())
          .compose(done -> books
              .history()
              .add(
                  issue.account(), issue.id(), actor, List.of(new Entry("comment", id, id, null))));
    }
  }
}
