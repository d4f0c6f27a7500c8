package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.jira.Workflow.Crossing;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * Makes issues. Jira makes them without a status, so one that is asked for comes after: whether
 * there is such a status is looked at before anything is made.
 */
final class Making {

  private final JiraWeb web;
  private final Reading reading;
  private final Workflow workflow;
  private final Writing writing;

  Making(JiraWeb web, Reading reading) {
    this.web = web;
    this.reading = reading;
    this.workflow = new Workflow(web);
    this.writing = new Writing(web);
  }

  Future<Placed> make(String project, Fields wanted) {
    var asked = wanted.status().word();
    return checked(project, asked)
        .compose(known -> writing.whole(project, wanted))
        .compose(fields -> web.write(HttpMethod.POST, "/issue", JsonObject.of("fields", fields)))
        .compose(made -> moved(made, asked)
            .compose(note -> placed(made, note))
            .recover(why -> Future.failedFuture(Halfway.of(why, text(made) + " was made"))));
  }

  private Future<Void> checked(String project, String asked) {
    return asked == null
        ? Future.succeededFuture()
        : workflow.check(project, web.site().issueType(), asked);
  }

  /** A note where the workflow does not let it go there. */
  private Future<String> moved(JsonObject made, String asked) {
    if (asked == null) {
      return Future.succeededFuture(null);
    }
    var id = JiraWeb.text(made, "id");
    return workflow.crossing(id).compose(crossing -> {
      try {
        return workflow.go(id, crossing.to(asked)).map((String) null);
      } catch (Refused noWay) {
        return Future.succeededFuture(note(crossing, asked));
      }
    });
  }

  private static String note(Crossing crossing, String asked) {
    return "It is " + crossing.now().word() + ", since Jira does not let a new issue become "
        + Refused.shown(asked) + " at once; it can become "
        + (crossing.targets().isEmpty() ? "nothing else" : String.join(", ", crossing.targets()));
  }

  private Future<Placed> placed(JsonObject made, String note) {
    var path = "/issue/" + Site.quoted(JiraWeb.text(made, "id")) + "?fields="
        + String.join(",", Reading.FIELDS);
    return web.object(path)
        .map(reading::placed)
        .map(placed ->
            new Placed(placed.externalId(), placed.key(), placed.url(), placed.taken(), note));
  }

  private static String text(JsonObject made) {
    return String.valueOf(made.getValue("key"));
  }
}
