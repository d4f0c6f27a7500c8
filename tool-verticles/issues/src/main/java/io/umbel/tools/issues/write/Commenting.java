package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.CommentRows.Comment;
import io.umbel.tools.issues.store.HistoryRows.Entry;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.umbel.tools.issues.write.Books.Answer;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Adds comments. */
public final class Commenting {

  private final Desk desk;

  public Commenting(Desk desk) {
    this.desk = desk;
  }

  /**
   * What is to be said.
   *
   * @param target of which issue
   * @param line what it is about, or null
   * @param inReplyTo the id of a comment of that issue, or null
   * @param mark what the write goes by, or null
   */
  public record Order(String target, String body, Line line, String inReplyTo, Repeats.Mark mark) {}

  /** Says it; what {@code add_comment} answers. */
  public Future<JsonObject> comment(Scope scope, Actor actor, Order order) {
    return desk.find(scope, order.target())
        .compose(issue -> desk.write(books -> books.once(
            order.mark(),
            () -> add(books, actor, issue, order).map(json -> {
              Runnable news = () -> desk.events().tell(Event.COMMENTED, issue);
              return new Answer(json, news);
            }))));
  }

  /** The same within somebody else's transaction. */
  static Future<JsonObject> add(Books books, Actor actor, Issue issue, Order order) {
    var answered = answered(order.inReplyTo());
    return (answered == null ? Future.succeededFuture(true) : books.comments().has(issue, answered))
        .compose(isThere -> isThere
            ? books
                .tracker(issue.project())
                .comment(issue, new Remark(order.body(), order.line(), order.inReplyTo()))
            : Future.failedFuture(noComment(order.inReplyTo())))
        .compose(placed -> {
          var id = UUID.randomUUID();
          var comment = new Comment(
              id, placed.externalId(), actor.subject(), order.body(), answered, placed.url());
          return keep(books, actor, issue, comment).map(answer(issue, comment));
        });
  }

  private static Future<Void> keep(Books books, Actor actor, Issue issue, Comment comment) {
    var entry = new Entry("comment", null, comment.id().toString(), null);
    return books
        .comments()
        .add(issue, comment)
        .compose(kept -> books.history().add(issue.account(), issue.id(), actor, List.of(entry)));
  }

  private static JsonObject answer(Issue issue, Comment comment) {
    return JsonObject.of("comment_id", comment.id().toString(), "status", "created")
        .put("message", "Commented on " + issue.key())
        .put("url", comment.url());
  }

  private static UUID answered(String id) {
    try {
      return id == null ? null : UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw noComment(id);
    }
  }

  private static Refused noComment(String id) {
    return new Refused(
        ErrorCode.NOT_FOUND,
        "The issue has no comment \"" + Refused.shown(id) + "\": list_comments tells their ids",
        null);
  }
}
