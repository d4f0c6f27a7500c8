package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.CommentRows.Comment;
import io.umbel.tools.issues.store.HistoryRows.Entry;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.PullReference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
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

  /** Says it, of an issue or of a pull request; what {@code add_comment} answers. */
  public Future<JsonObject> comment(Scope scope, Actor actor, Order order) {
    var pull = PullReference.of(order.target());
    if (pull.isPresent() && pull.get().isCertain()) {
      return ofPull(scope, pull.get(), order);
    }
    return desk.find(scope, order.target())
        .compose(
            issue -> comment(actor, issue, order),
            why -> pull.isPresent() && isNothing(why)
                ? ofPull(scope, pull.get(), order).recover(no -> eitherWay(why, no))
                : Future.failedFuture(why));
  }

  private Future<JsonObject> ofPull(Scope scope, PullReference pull, Order order) {
    var remark = new Remark(order.body(), order.line(), order.inReplyTo());
    return new Pulls(desk).comment(scope, pull, remark, order.mark());
  }

  /** Whether nobody knows an issue that is called so. */
  static boolean isNothing(Throwable why) {
    return why instanceof Refused refused && refused.code() == ErrorCode.NOT_FOUND;
  }

  /** It is neither an issue nor a pull request: what was said of the issue is said. */
  static <T> Future<T> eitherWay(Throwable asIssue, Throwable asPull) {
    return Future.failedFuture(isNothing(asPull) ? asIssue : asPull);
  }

  /** Says it of that issue. */
  Future<JsonObject> comment(Actor actor, Issue issue, Order order) {
    return desk.write(issue.project(), order.mark(), new Saying(actor, issue, order));
  }

  /** A comment that is being made. */
  private final class Saying implements Write<PlacedComment> {

    private final Actor actor;
    private final Issue issue;
    private final Order order;

    Saying(Actor actor, Issue issue, Order order) {
      this.actor = actor;
      this.issue = issue;
      this.order = order;
    }

    @Override
    public Future<PlacedComment> ask(Books books, Tracker tracker) {
      return Commenting.ask(books, tracker, issue, order);
    }

    @Override
    public Future<Answer> keep(Books books, PlacedComment placed) {
      return Commenting.keep(books, actor, issue, order, placed)
          .map(json -> new Answer(json, () -> desk.events().tell(Event.COMMENTED, issue)));
    }
  }

  /** The tracker knows the comment that is answered by another name than ours. */
  static Future<PlacedComment> ask(Books books, Tracker tracker, Issue issue, Order order) {
    return (order.inReplyTo() == null
            ? Future.<String>succeededFuture()
            : books
                .comments()
                .externalId(issue, answered(order.inReplyTo()))
                .map(found -> found.orElseThrow(() -> noComment(order.inReplyTo()))))
        .compose(
            external -> tracker.comment(issue, new Remark(order.body(), order.line(), external)));
  }

  /** Keeps it; what is told of it. */
  static Future<JsonObject> keep(
      Books books, Actor actor, Issue issue, Order order, PlacedComment placed) {
    var comment = new Comment(
        UUID.randomUUID(),
        placed.externalId(),
        actor.subject(),
        order.body(),
        answered(order.inReplyTo()),
        placed.url());
    return keep(books, actor, issue, comment).map(id -> answer(issue, comment, id));
  }

  private static Future<UUID> keep(Books books, Actor actor, Issue issue, Comment comment) {
    return books
        .comments()
        .add(issue, comment)
        .compose(id -> books
            .history()
            .add(
                issue.account(),
                issue.id(),
                actor,
                List.of(new Entry("comment", null, id.toString(), null)))
            .map(id));
  }

  private static JsonObject answer(Issue issue, Comment comment, UUID id) {
    return JsonObject.of("comment_id", id.toString(), "status", "created")
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

  static Refused noComment(String id) {
    return new Refused(
        ErrorCode.NOT_FOUND,
        "The issue has no comment \"" + Refused.shown(id) + "\": list_comments tells their ids",
        null);
  }
}
