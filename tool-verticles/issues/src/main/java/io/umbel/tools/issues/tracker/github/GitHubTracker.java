package io.umbel.tools.issues.tracker.github;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.OpenOrClosed;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * GitHub, in the cloud or on a server of one's own, by its REST API of 2022-11-28
 * (docs.github.com/rest). Keys are {@code owner/repo#n}; pull requests are no issues here.
 */
public final class GitHubTracker implements Remote {

  /** As trackers are told apart by. */
  public static final String TYPE = "github";

  /** Where the API is for whoever says nothing else. */
  public static final String URL = "https://api.github.com";

  private static final InstallationTokens APPS = new InstallationTokens(Clock.systemUTC());
  private static final int LABELS = 1_000;

  private final GitHubApi api;
  private final GitHubReading reading;
  private final GitHubComments comments;

  public GitHubTracker(Connection connection, TrackerWeb web) {
    this(connection, web, APPS);
  }

  GitHubTracker(Connection connection, TrackerWeb web, InstallationTokens apps) {
    Credentials credentials = "github_app".equals(connection.authType())
        ? apps.of(connection, web)
        : () -> Future.succeededFuture(connection.secret());
    api = new GitHubApi(connection, web, credentials);
    reading = new GitHubReading(api);
    comments = new GitHubComments(api);
  }

  @Override
  public Future<Verdict> test() {
    return Future.succeededFuture()
        .compose(begun -> reading.test())
        .recover(GitHubTracker::verdict);
  }

  @Override
  public Future<List<Place>> projects(int most) {
    return reading.projects(most);
  }

  @Override
  public Future<Page> changed(Project project, Since since) {
    return reading.changed(project, since);
  }

  @Override
  public Future<Optional<Copied>> issue(Project project, String externalId) {
    return reading.issue(project, externalId);
  }

  @Override
  public Future<List<Label>> labels(Project project) {
    var path = GitHubApi.repository(project) + "/labels";
    return api.all(path, LABELS, "project " + project.identifier())
        .map(all -> all.stream()
            .map(one -> new Label(
                one.getString("name"), one.getString("description"), one.getString("color")))
            .toList());
  }

  @Override
  public Future<Placed> create(Project project, Fields wanted) {
    var state = OpenOrClosed.of(wanted.status());
    var body = GitHubIssues.made(wanted);
    var issues = GitHubApi.repository(project) + "/issues";
    return assignable(project, wanted.assignee())
        .compose(
            there -> api.send(HttpMethod.POST, issues, body, "project " + project.identifier()))
        .compose(
            made -> state.isOpen() ? Future.succeededFuture(made) : closed(issues, made, state))
        .map(made -> GitHubIssues.placed(project, made));
  }

  @Override
  public Future<Fields> update(Issue issue, Fields wanted) {
    var before = issue.fields();
    var body = GitHubIssues.changed(before, wanted);
    if (body.isEmpty()) {
      return Future.succeededFuture(before);
    }
    var assignee = body.containsKey("assignees") ? wanted.assignee() : null;
    return assignable(issue.project(), assignee)
        .compose(there -> api.send(HttpMethod.PATCH, path(issue), body, "issue " + issue.key()))
        .map(GitHubIssues::fields);
  }

  @Override
  public Future<PlacedComment> comment(Issue issue, Remark remark) {
    if (remark.line() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "An issue on GitHub has no comments on lines: name a pull request, or leave out path and"
              + " line",
          null);
    }
    return comments.add(path(issue), remark.body(), "issue " + issue.key());
  }

  @Override
  public Future<PlacedComment> change(Issue issue, CommentChange change) {
    return comments.changeOfIssue(issue.project(), number(issue), change);
  }

  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    return new GitHubLinks(api).link(issue, related, relation);
  }

  @Override
  public Optional<PullRequests> pullRequests() {
    return Optional.of(new GitHubPullRequests(api, comments));
  }

  static String path(Issue issue) {
    return GitHubApi.repository(issue.project()) + "/issues/" + number(issue);
  }

  static String number(Issue issue) {
    return issue.row().getString("external_id");
  }

  /** GitHub leaves out whoever it cannot assign, or refuses without a name, by how it feels. */
  private Future<Void> assignable(Project project, String login) {
    return new GitHubPeople(api).assignable(project, login == null ? List.of() : List.of(login));
  }

  /** An issue that could not be closed is there nevertheless, and open is what it then is. */
  private Future<JsonObject> closed(String issues, JsonObject made, OpenOrClosed state) {
    var path = issues + "/" + made.getLong("number");
    return api.send(HttpMethod.PATCH, path, GitHubIssues.state(state), "issue").otherwise(made);
  }

  private static Future<Verdict> verdict(Throwable why) {
    return why instanceof Refused refused
        ? Future.succeededFuture(new Verdict(false, refused.getMessage()))
        : Future.failedFuture(why);
  }
}
