package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.HistoryRows;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.write.Books.Answer;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes issues. */
public final class Updating {

  private final Desk desk;

  public Updating(Desk desk) {
    this.desk = desk;
  }

  /**
   * What is to be changed.
   *
   * @param issue which one
   * @param change its fields, as they are, to what they are to be
   * @param expectedRevision what the issue must still be, or null for whatever it is
   * @param comment to be added, or null
   */
  public record Order(
      String issue, UnaryOperator<Fields> change, String expectedRevision, String comment) {}

  /** What the tracker took of which issue. */
  private record Taken(Issue issue, Fields fields) {}

  /** Changes it; what {@code update_issue} answers. */
  public Future<JsonObject> update(Scope scope, Actor actor, Order order) {
    return desk.find(scope, order.issue()).compose(found -> {
      var isAlone = Desk.isLocal(found.project());
      var change = new Changing(scope, actor, found, order, isAlone ? order.comment() : null);
      var changed = desk.write(found.project(), null, change);
      return isAlone || order.comment() == null
          ? changed
          : changed.compose(json -> said(scope, actor, found, order, json));
    });
  }

  /** A tracker on another server is asked for the comment when the change is kept. */
  private Future<JsonObject> said(
      Scope scope, Actor actor, Issue issue, Order order, JsonObject changed) {
    var updated = changed.getJsonArray("updated_fields");
    return isSaid(desk.books(), actor, issue, order.comment())
        .compose(said -> said
            ? Future.succeededFuture(changed)
            : new Commenting(desk)
                .comment(actor, issue, remark(order.comment()))
                .compose(done -> Desk.current(desk.books(), scope, issue.id()))
                .map(now -> now.toJson().put("updated_fields", updated.copy().add("comment"))))
        .recover(why -> Future.failedFuture(
            why instanceof Refused refused && !updated.isEmpty()
                ? halfDone(refused, issue, updated)
                : why));
  }

  /** One that is being made. */
  private final class Changing implements Write<Taken> {

    private final Scope scope;
    private final Actor actor;
    private final Issue found;
    private final Order order;
    private final String comment;

    Changing(Scope scope, Actor actor, Issue found, Order order, String comment) {
      this.scope = scope;
      this.actor = actor;
      this.found = found;
      this.order = order;
      this.comment = comment;
    }

    /** Where nothing is to change the tracker is not asked. */
    @Override
    public Future<Taken> ask(Books books, Tracker tracker) {
      return Desk.locked(books, scope, found)
          .compose(issue -> order.expectedRevision() != null && tracker instanceof Remote remote
              ? new Refreshing(desk).refreshed(scope, issue, remote)
              : Future.succeededFuture(issue))
          .compose(issue -> expected(books, issue))
          .compose(issue -> {
            var wanted = order.change().apply(issue.fields());
            return issue.fields().differences(wanted).isEmpty()
                ? Future.succeededFuture(new Taken(issue, issue.fields()))
                : tracker.update(issue, wanted).map(taken -> new Taken(issue, taken));
          });
    }

    @Override
    public Future<Answer> keep(Books books, Taken taken) {
      var issue = taken.issue();
      var differences = issue.fields().differences(taken.fields());
      var updated = new ArrayList<>(differences.keySet());
      return Updating.keep(books, actor, issue, taken.fields(), HistoryRows.entries(differences))
          .compose(kept -> isSaid(books, actor, issue, comment))
          .compose(said -> said ? Future.succeededFuture() : comment(books, issue, updated))
          .compose(said -> Desk.current(books, scope, issue.id()))
          .map(now -> answer(now, updated));
    }

    private Future<?> comment(Books books, Issue issue, List<String> updated) {
      updated.add("comment");
      return Commenting.ask(books, books.local(), issue, remark(comment))
          .compose(placed -> Commenting.keep(books, actor, issue, remark(comment), placed));
    }

    /** A call that was made already, and comes again since its answer was lost, is as expected. */
    private Future<Issue> expected(Books books, Issue issue) {
      var expected = order.expectedRevision();
      if (expected == null || expected.equals(issue.revision())) {
        return Future.succeededFuture(issue);
      }
      var wanted = order.change().apply(issue.fields());
      return issue.fields().differences(wanted).isEmpty()
          ? isSaid(books, actor, issue, order.comment())
              .compose(said -> said ? Future.succeededFuture(issue) : conflict(issue))
          : conflict(issue);
    }
  }

  private static Commenting.Order remark(String comment) {
    return new Commenting.Order(null, comment, null, null, null);
  }

  /** Keeps what the tracker took. */
  static Future<Void> keep(
      Books books, Actor actor, Issue issue, Fields taken, List<HistoryRows.Entry> entries) {
    if (entries.isEmpty()) {
      return Future.succeededFuture();
    }
    return books
        .labels()
        .know(issue.project(), taken.labels())
        .compose(known -> books.changes().update(issue, taken))
        .compose(kept -> books.history().add(issue.account(), issue.id(), actor, entries));
  }

  private Answer answer(Issue issue, List<String> updated) {
    var json = issue.toJson().put("updated_fields", new JsonArray(updated));
    Runnable news = updated.isEmpty() ? () -> {} : () -> desk.events().tell(Event.UPDATED, issue);
    return new Answer(json, news);
  }

  private static Future<Issue> conflict(Issue issue) {
    return Future.failedFuture(new Refused(
        ErrorCode.CONFLICT,
        issue.key() + " was changed meanwhile, and nothing was written: read it with get_issue,"
            + " then decide again",
        JsonObject.of("revision", issue.revision())));
  }

  /**
   * Whether nothing is left to be said. A call may be made again by a gateway that lost the node
   * which carried it out, so what was said last is not said twice.
   */
  private static Future<Boolean> isSaid(Books books, Actor actor, Issue issue, String comment) {
    return comment == null
        ? Future.succeededFuture(true)
        : books.comments().isNewest(issue, actor.subject(), comment);
  }

  private static Refused halfDone(Refused why, Issue issue, JsonArray updated) {
    var details = why.details() == null ? new JsonObject() : why.details().copy();
    return new Refused(
        why.code(),
        issue.key() + " was changed, and the comment was not added: " + why.getMessage(),
        details.put("updated_fields", updated));
  }
}
