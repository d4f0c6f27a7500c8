package io.umbel.tools.issues.write;

import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.IssueRows;
import io.umbel.tools.issues.store.ProjectRows;
import io.umbel.tools.issues.store.Reference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.write.Books.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.UUID;
import java.util.function.Function;

/** Where writes are made: in one transaction each, and told when it is over. */
public final class Desk {

  private final Pool pool;
  private final IssueEvents events;

  public Desk(Pool pool, IssueEvents events) {
    this.pool = pool;
    this.events = events;
  }

  IssueEvents events() {
    return events;
  }

  ProjectRows projects() {
    return new ProjectRows(pool);
  }

  /** The issue that is meant. */
  Future<Issue> find(Scope scope, String reference) {
    return new IssueRows(pool).find(scope, new Reference(reference));
  }

  /** Makes a write: all of it, or nothing. */
  Future<JsonObject> write(Function<Books, Future<Answer>> work) {
    return pool.withTransaction(transaction -> work.apply(new Books(transaction)))
        .onSuccess(done -> done.news().run())
        .map(Answer::json);
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
