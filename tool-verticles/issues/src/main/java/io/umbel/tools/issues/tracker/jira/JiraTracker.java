package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.Denials;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Jira: Cloud by REST v3, Data Center by REST v2
 * (developer.atlassian.com/cloud/jira/platform/rest/v3 and /server/jira/platform/rest). Keys are as
 * in {@code WEB-12}; {@code docs/issues.md} says what becomes of what.
 */
public final class JiraTracker implements Remote {

  /** The kind, as in {@code tracker_type}. */
  public static final String TYPE = "jira";

  private final Site site;
  private final JiraWeb web;
  private final Reading reading;
  private final Comments comments;
  private final Denials denials;
  private final Making making;
  private final Changing changing;

  /** Jira behind that connection. */
  public JiraTracker(Connection connection, TrackerWeb trackerWeb) {
    this.site = new Site(connection);
    this.web = new JiraWeb(site, trackerWeb);
    this.reading = new Reading(site);
    this.comments = new Comments(web);
    this.denials = new Denials(site.name(), answer -> "");
    this.making = new Making(web, reading);
    this.changing = new Changing(web, reading);
  }

  @Override
  public Future<Verdict> test() {
    if (site.wrong() != null) {
      return Future.succeededFuture(new Verdict(false, site.wrong()));
    }
    return web.object("/myself")
        .map(me -> new Verdict(true, "Jira knows the owner of the token: " + reading.person(me)))
        .recover(why -> why instanceof Refused no
            ? Future.succeededFuture(new Verdict(false, no.getMessage()))
            : Future.failedFuture(why));
  }

  @Override
  public Future<List<Place>> projects(int most) {
    return read(() -> new Projects(web).all(most));
  }

  @Override
  public Future<Page> changed(Project project, Since since) {
    return read(() -> new Changes(web, comments, reading).page(project.identifier(), since));
  }

  @Override
  public Future<Optional<Copied>> issue(Project project, String externalId) {
    return read(() -> web.objectOrNull(
            "/issue/" + Site.quoted(externalId) + "?fields=" + String.join(",", Reading.FIELDS))
        .compose(issue -> issue == null || !isOf(project, issue)
            ? Future.succeededFuture(Optional.empty())
            : comments.of(issue).map(said -> Optional.of(reading.copied(issue, said)))));
  }

  /** None: in Jira any word is a label, and which ones a project uses its issues say. */
  @Override
  public Future<List<Label>> labels(Project project) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Placed> create(Project project, Fields wanted) {
    return written(() -> making.make(project.identifier(), wanted));
  }

  @Override
  public Future<Fields> update(Issue issue, Fields wanted) {
    return written(() -> changing.change(issue, wanted));
  }

  @Override
  public Future<PlacedComment> comment(Issue issue, Remark remark) {
    if (remark.line() != null) {
      return Future.failedFuture(
          notSupported("Jira has no comments on lines: leave out path and line"));
    }
    return written(() -> said(issue, HttpMethod.POST, "", remark.body()));
  }

  @Override
  public Future<PlacedComment> change(Issue issue, CommentChange change) {
    if (change.resolved() != null) {
      return Future.failedFuture(
          notSupported("Comments in Jira are not resolved: leave out resolved"));
    }
    return written(
        () -> said(issue, HttpMethod.PUT, "/" + Site.quoted(change.externalId()), change.body()));
  }

  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    return written(() -> new Links(web).link(issue, related, relation));
  }

  private Future<PlacedComment> said(Issue issue, HttpMethod method, String which, String body) {
    var text = site.text(body == null ? "" : body);
    if (text == null) {
      return Future.failedFuture(Refused.invalid("A comment has to say something"));
    }
    return web.write(method, Comments.path(externalId(issue)) + which, JsonObject.of("body", text))
        .map(comment -> Objects.requireNonNull(comment.getString("id")))
        .map(id -> new PlacedComment(id, reading.page(issue.key(), id)));
  }

  private boolean isOf(Project project, JsonObject issue) {
    reading.placed(issue); // what is no issue at all is no answer either
    var own = JiraWeb.object(issue.getJsonObject("fields"), "project");
    return project.identifier().equalsIgnoreCase(JiraWeb.text(own, "key"));
  }

  private <T> Future<T> read(Question<T> question) {
    return denials.read(() -> asked(question));
  }

  private <T> Future<T> written(Question<T> question) {
    return denials.written(() -> asked(question));
  }

  /** Nothing is asked of a Jira that is not set up to be asked. */
  private <T> Future<T> asked(Question<T> question) {
    if (site.wrong() != null) {
      return Future.failedFuture(new Refused(
          ErrorCode.NOT_CONFIGURED, "Tracker " + site.name() + ": " + site.wrong(), null));
    }
    return Future.succeededFuture().compose(begun -> question.ask());
  }

  /** Something to ask Jira. */
  private interface Question<T> {
    Future<T> ask();
  }

  static String externalId(Issue issue) {
    return issue.row().getString("external_id");
  }

  private static Refused notSupported(String message) {
    return new Refused(ErrorCode.NOT_SUPPORTED, message, null);
  }
}
