package io.umbel.tools.issues.write;

import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.HistoryRows.Entry;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.write.Books.Answer;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Links issues. */
public final class Linking {

  private final Desk desk;

  public Linking(Desk desk) {
    this.desk = desk;
  }

  /** Both ends, as somebody wrote them, and how the first stands to the second. */
  public record Order(String issue, String related, Relation relation) {}

  /** Links them; what {@code link_issues} answers. */
  public Future<JsonObject> link(Scope scope, Actor actor, Order order) {
    return desk.find(scope, order.issue())
        .compose(issue -> desk.find(scope, order.related())
            .compose(related -> desk.write(
                issue.project(),
                null,
                new Making(actor, new Ends(issue, related, order.relation())))));
  }

  /** Both ends, found. */
  private record Ends(Issue issue, Issue related, Relation relation) {
    Ends {
      if (issue.id().equals(related.id())) {
        throw Refused.invalid("An issue cannot be linked to itself: name another one");
      }
    }

    JsonObject answer(boolean isNew) {
      return JsonObject.of("issue", issue.key(), "related_issue", related.key())
          .put("relation", relation.word())
          .put("status", isNew ? "created" : "exists");
    }
  }

  /** A link that is being made; whether it is new. */
  private final class Making implements Write<Boolean> {

    private final Actor actor;
    private final Ends ends;

    Making(Actor actor, Ends ends) {
      this.actor = actor;
      this.ends = ends;
    }

    /** What is linked so already the tracker is not asked for. */
    @Override
    public Future<Boolean> ask(Books books, Tracker tracker) {
      return books
          .links()
          .has(ends.issue(), ends.related(), ends.relation())
          .compose(isThere -> isThere
              ? Future.succeededFuture(false)
              : tracker.link(ends.issue(), ends.related(), ends.relation()).map(true));
    }

    @Override
    public Future<Answer> keep(Books books, Boolean isWanted) {
      return (isWanted
              ? books.links().add(ends.issue(), ends.related(), ends.relation())
              : Future.succeededFuture(false))
          .compose(isNew -> isNew
              ? noted(books, actor, ends).map(new Answer(ends.answer(true), () -> tell(ends)))
              : Future.succeededFuture(Answer.of(ends.answer(false))));
    }
  }

  private static Future<Void> noted(Books books, Actor actor, Ends ends) {
    var issue = ends.issue();
    var related = ends.related();
    var relation = ends.relation();
    return books
        .history()
        .add(issue.account(), issue.id(), actor, List.of(entry(relation.word(), related)))
        .compose(noted -> books
            .history()
            .add(
                issue.account(),
                related.id(),
                actor,
                List.of(entry(relation.fromTheOtherEnd(), issue))));
  }

  private static Entry entry(String relation, Issue other) {
    return new Entry("link", null, relation + " " + other.key(), other.id());
  }

  private void tell(Ends ends) {
    desk.events().tell(Event.LINKED, ends.issue());
    desk.events().tell(Event.LINKED, ends.related());
  }
}
