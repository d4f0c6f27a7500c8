package io.umbel.tools.issues.write;

import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.HistoryRows;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;

/** Has the copy of an issue say what its tracker says now, before somebody relies on it. */
final class Refreshing {

  private final Desk desk;

  Refreshing(Desk desk) {
    this.desk = desk;
  }

  /** The issue as it is now; fails with {@link Refused} where the tracker has it no more. */
  Future<Issue> refreshed(Scope scope, Issue issue, Remote remote) {
    return remote.issue(issue.project(), issue.externalId()).compose(found -> {
      var now = found.orElseThrow(() -> Refused.goneIssue(issue.key())).placed().taken();
      return issue.fields().differences(now).isEmpty()
          ? Future.succeededFuture(issue)
          : kept(issue, now).compose(kept -> Desk.current(desk.books(), scope, issue.id()));
    });
  }

  /** It was changed over there; nobody here knows by whom. */
  private Future<Void> kept(Issue issue, Fields now) {
    var actor = new Actor(issue.project().trackerName(), null);
    var entries = HistoryRows.entries(issue.fields().differences(now));
    return desk.inTransaction(books -> Updating.keep(books, actor, issue, now, entries))
        .onSuccess(kept -> desk.events().tell(Event.UPDATED, issue));
  }
}
