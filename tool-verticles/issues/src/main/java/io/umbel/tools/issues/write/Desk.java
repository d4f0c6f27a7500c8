package io.umbel.tools.issues.write;

import io.umbel.tools.issues.remote.Remotes;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.IssueRows;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.ProjectRows;
import io.umbel.tools.issues.store.Reference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Trackers;
import io.umbel.tools.issues.write.Books.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.UUID;
import java.util.function.Function;

/** Where writes are made, and told when they are over. */
public final class Desk {

  private final Pool pool;
  private final IssueEvents events;
  private final Remotes remotes;
  private final Elsewhere elsewhere;

  public Desk(Vertx vertx, Pool pool, Remotes remotes, IssueEvents events) {
    this.pool = pool;
    this.events = events;
    this.remotes = remotes;
    this.elsewhere = new Elsewhere(vertx, pool);
  }

  IssueEvents events() {
    return events;
  }

  Remotes remotes() {
    return remotes;
  }

  ProjectRows projects() {
    return new ProjectRows(pool);
  }

  /** What is kept, as it is now. */
  Books books() {
    return new Books(pool);
  }

  /** The issue that is meant. */
  Future<Issue> find(Scope scope, String reference) {
    return new IssueRows(pool).find(scope, new Reference(reference));
  }

  /**
   * Makes a write: all of it, or nothing, or it fails saying that only the tracker has it.
   *
   * @param mark what it goes by, or null
   */
  <T> Future<JsonObject> write(Project project, Repeats.Mark mark, Write<T> write) {
    var answered = isLocal(project)
        ? here(mark, write)
        : remotes
            .of(project.account(), project.tracker())
            .compose(remote -> elsewhere.write(mark, remote, write));
    return answered.onSuccess(done -> done.news().run()).map(Answer::json);
  }

  /** Keeps something: all of it, or nothing. */
  <T> Future<T> inTransaction(Function<Books, Future<T>> work) {
    return pool.withTransaction(transaction -> work.apply(new Books(transaction)));
  }

  /** Whether it is kept here and nowhere else. */
  static boolean isLocal(Project project) {
    return project.trackerType().equals(Trackers.LOCAL);
  }

  /** One transaction for all of it. */
  private <T> Future<Answer> here(Repeats.Mark mark, Write<T> write) {
    return pool.withTransaction(transaction -> {
      var books = new Books(transaction);
      return books.once(
          mark, () -> write.ask(books, books.local()).compose(taken -> write.keep(books, taken)));
    });
  }

  /** That issue as the transaction sees it; nobody else changes it meanwhile. */
  static Future<Issue> locked(Books books, Scope scope, Issue issue) {
    return books.changes().lock(issue).compose(done -> current(books, scope, issue.id()));
  }

  static Future<Issue> current(Books books, Scope scope, UUID id) {
    return books
        .issues()
        .byId(scope, id)
        .map(found -> found.orElseThrow(() -> Refused.noIssue(id.toString())));
  }
}
