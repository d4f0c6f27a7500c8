package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.tracker.jira.Workflow.Way;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * Changes issues. All that can be wrong is looked up first: who, which priority, and whether there
 * is a way to the status that is asked for. Only then is anything written.
 */
final class Changing {

  private final JiraWeb web;
  private final Reading reading;
  private final Workflow workflow;
  private final Writing writing;

  Changing(JiraWeb web, Reading reading) {
    this.web = web;
    this.reading = reading;
    this.workflow = new Workflow(web);
    this.writing = new Writing(web);
  }

  Future<Fields> change(Issue issue, Fields wanted) {
    var id = JiraTracker.externalId(issue);
    var changed = issue.fields().differences(wanted).keySet();
    return way(id, wanted)
        .compose(way -> writing
            .changes(issue.project().identifier(), changed, wanted)
            .compose(fields -> write(issue, way, fields)))
        .compose(done -> web.object(
                "/issue/" + Site.quoted(id) + "?fields=" + String.join(",", Reading.FIELDS))
            .recover(why -> Future.failedFuture(Halfway.of(why, issue.key() + " was changed"))))
        .map(now -> reading.placed(now).taken());
  }

  /** To the status that is asked for; none where none is. */
  private Future<Way> way(String id, Fields wanted) {
    var status = wanted.status();
    return status.category() == null
        ? workflow.crossing(id).map(crossing -> crossing.to(status.word()))
        : Future.succeededFuture(new Way(null, status));
  }

  /** What is done may be closed to changes, so those come before it, and otherwise after. */
  private Future<Void> write(Issue issue, Way way, JsonObject fields) {
    var isEnd = "done".equals(way.to().category());
    return isEnd
        ? put(issue, fields).compose(done -> go(issue, way, !fields.isEmpty()))
        : go(issue, way, false)
            .compose(done -> fields.isEmpty()
                ? Future.succeededFuture()
                : put(issue, fields)
                    .recover(why -> Future.failedFuture(
                        way.isNone()
                            ? why
                            : Halfway.of(
                                why, issue.key() + " became " + way.to().word()))));
  }

  private Future<Void> put(Issue issue, JsonObject fields) {
    var path = "/issue/" + Site.quoted(JiraTracker.externalId(issue));
    return fields.isEmpty()
        ? Future.succeededFuture()
        : web.write(HttpMethod.PUT, path, JsonObject.of("fields", fields)).mapEmpty();
  }

  private Future<Void> go(Issue issue, Way way, boolean isSecond) {
    return workflow
        .go(JiraTracker.externalId(issue), way)
        .recover(why -> Future.failedFuture(
            isSecond ? Halfway.of(why, issue.key() + " was changed, but not its status") : why));
  }
}
