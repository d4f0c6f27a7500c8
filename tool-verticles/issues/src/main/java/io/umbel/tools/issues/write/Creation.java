package io.umbel.tools.issues.write;

import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.HistoryRows.Entry;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.IssueChanges.Place;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.write.Books.Answer;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Makes issues, unless there is one already that says the same. */
public final class Creation {

  private final Desk desk;
  private final double similar;

  /**
   * Made at that desk.
   *
   * @param similar from which likeness on, 0 to 1, an issue is taken for the same
   */
  public Creation(Desk desk, double similar) {
    this.desk = desk;
    this.similar = similar;
  }

  /**
   * What is to be made.
   *
   * @param project identifier, name or id of a tracker's project; null for the only one there is
   * @param preventDuplicates whether an open issue that says the same is answered instead
   * @param mark what the write goes by, or null
   */
  public record Order(
      String project, Fields fields, boolean preventDuplicates, Repeats.Mark mark) {}

  /** What there was instead, and how like it is. */
  private record Twin(Issue issue, double similarity) {}

  /** What the tracker made, or what there was instead: one of them is null. */
  private record Made(Placed placed, Twin twin) {}

  /** Makes it; what {@code create_issue} answers. */
  public Future<JsonObject> create(Scope scope, Actor actor, Order order) {
    return desk.projects()
        .findOrOnly(scope, order.project())
        .compose(
            project -> desk.write(project, order.mark(), new Making(scope, actor, project, order)));
  }

  /** One that is being made. */
  private final class Making implements Write<Made> {

    private final Scope scope;
    private final Actor actor;
    private final Project project;
    private final Order order;

    Making(Scope scope, Actor actor, Project project, Order order) {
      this.scope = scope;
      this.actor = actor;
      this.project = project;
      this.order = order;
    }

    @Override
    public Future<Made> ask(Books books, Tracker tracker) {
      return books
          .changes()
          .lock(project)
          .compose(locked -> twin(books, project, order))
          .compose(twin -> twin.isPresent()
              ? Future.succeededFuture(new Made(null, twin.get()))
              : tracker.create(project, order.fields()).map(placed -> new Made(placed, null)));
    }

    @Override
    public Future<Answer> keep(Books books, Made made) {
      return made.placed() == null
          ? Future.succeededFuture(found(made.twin()))
          : kept(books, made.placed());
    }

    private Future<Answer> kept(Books books, Placed placed) {
      var place =
          new Place(project, placed.externalId(), placed.key(), placed.url(), actor.subject());
      var created = List.of(new Entry("created", null, null, null));
      return books
          .labels()
          .know(project, placed.taken().labels())
          .compose(known -> books.changes().insert(place, placed.taken()))
          .compose(id -> books
              .history()
              .add(scope.account(), id, actor, created)
              .compose(noted -> Desk.current(books, scope, id)))
          .map(issue -> made(issue, order, placed.note()));
    }
  }

  private Future<Optional<Twin>> twin(Books books, Project project, Order order) {
    if (!order.preventDuplicates()) {
      return Future.succeededFuture(Optional.empty());
    }
    var wanted = new Likeness(order.fields());
    return books
        .issues()
        .openWith(project, wanted.titleWords(), Likeness.COMPARED)
        .map(open -> open.stream()
            .map(issue -> new Twin(issue, wanted.to(issue.fields())))
            .filter(twin -> twin.similarity() >= similar)
            .max(java.util.Comparator.comparingDouble(Twin::similarity)));
  }

  private Answer made(Issue issue, Order order, String note) {
    var message = "Created " + issue.key() + (note == null ? "" : ". " + note);
    var json = answer(issue, "created", message);
    if (order.preventDuplicates() && new Likeness(order.fields()).titleWords().isEmpty()) {
      json.put("duplicate_check", "skipped");
    }
    return new Answer(json, () -> desk.events().tell(Event.CREATED, issue));
  }

  private static Answer found(Twin twin) {
    var issue = twin.issue();
    var similarity = Math.round(twin.similarity() * 100) / 100.0;
    var message = "Nothing was created: " + issue.key() + " says the same and is open. Change"
        + " that one, or call again with prevent_duplicates false";
    return Answer.of(answer(issue, "existing_duplicate_found", message)
        .put("duplicate", JsonObject.of("key", issue.key(), "similarity", similarity)));
  }

  private static JsonObject answer(Issue issue, String status, String message) {
    return JsonObject.of("issue_id", issue.row().getString("id"), "key", issue.key())
        .put("status", status)
        .put("message", message)
        .put("url", issue.url());
  }
}
