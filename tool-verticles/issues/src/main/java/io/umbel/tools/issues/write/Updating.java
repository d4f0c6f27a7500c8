package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.HistoryRows;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
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

  /** Changes it; what {@code update_issue} answers. */
  public Future<JsonObject> update(Scope scope, Actor actor, Order order) {
    return desk.find(scope, order.issue())
        .compose(found -> desk.write(books -> Desk.locked(books, scope, found)
            .compose(issue -> changed(books, scope, actor, expected(issue, order), order))));
  }

  private Future<Answer> changed(Books books, Scope scope, Actor actor, Issue issue, Order order) {
    var wanted = order.change().apply(issue.fields());
    return taken(books, issue, wanted).compose(taken -> {
      var differences = issue.fields().differences(taken);
      var updated = new ArrayList<>(differences.keySet());
      return keep(books, actor, issue, taken, HistoryRows.entries(differences))
          .compose(kept -> comment(books, actor, issue, order.comment()))
          .compose(said -> Desk.current(books, scope, issue.id()))
          .map(now -> answer(now, said(updated, order)));
    });
  }

  /** Where nothing is to change the tracker is not asked. */
  private static Future<Fields> taken(Books books, Issue issue, Fields wanted) {
    return issue.fields().differences(wanted).isEmpty()
        ? Future.succeededFuture(issue.fields())
        : books.tracker(issue.project()).update(issue, wanted);
  }

  private static Future<Void> keep(
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

  private static Future<?> comment(Books books, Actor actor, Issue issue, String comment) {
    return comment == null
        ? Future.succeededFuture()
        : Commenting.add(
            books, actor, issue, new Commenting.Order(null, comment, null, null, null));
  }

  private Answer answer(Issue issue, List<String> updated) {
    var json = issue.toJson().put("updated_fields", new JsonArray(updated));
    Runnable news = updated.isEmpty() ? () -> {} : () -> desk.events().tell(Event.UPDATED, issue);
    return new Answer(json, news);
  }

  private static List<String> said(List<String> updated, Order order) {
    if (order.comment() != null) {
      updated.add("comment");
    }
    return updated;
  }

  private static Issue expected(Issue issue, Order order) {
    if (order.expectedRevision() != null && !order.expectedRevision().equals(issue.revision())) {
      throw new Refused(
          ErrorCode.CONFLICT,
          issue.key() + " was changed meanwhile, and nothing was written: read it with get_issue,"
              + " then decide again",
          JsonObject.of("revision", issue.revision()));
    }
    return issue;
  }
}
