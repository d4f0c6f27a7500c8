package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.OpenOrClosed;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Makes and changes issues (docs.github.com/rest/issues/issues). */
final class GitHubWriting {

  private final GitHubApi api;

  GitHubWriting(GitHubApi api) {
    this.api = api;
  }

  Future<Placed> create(Project project, Fields wanted) {
    var state = OpenOrClosed.of(wanted.status());
    var body = GitHubIssues.made(wanted);
    var issues = GitHubApi.repository(project) + "/issues";
    return assignable(project, wanted.assignee())
        .compose(
            there -> api.send(HttpMethod.POST, issues, body, "project " + project.identifier()))
        .compose(made -> closed(project, made, state));
  }

  /** Asks nothing where it is like that already. */
  Future<Fields> update(Issue issue, Fields wanted) {
    var before = issue.fields();
    var body = GitHubIssues.changed(before, wanted);
    if (body.isEmpty()) {
      return Future.succeededFuture(before);
    }
    var assignee = body.containsKey("assignees") ? wanted.assignee() : null;
    return assignable(issue.project(), assignee)
        .compose(there ->
            api.send(HttpMethod.PATCH, GitHubApi.path(issue), body, "issue " + issue.key()))
        .map(GitHubIssues::fields);
  }

  /** GitHub leaves out whoever it cannot assign, or refuses without a name, by how it feels. */
  private Future<Void> assignable(Project project, String login) {
    return new GitHubPeople(api).assignable(project, login == null ? List.of() : List.of(login));
  }

  /** An issue is open at first, and one that could not be closed is there nevertheless. */
  private Future<Placed> closed(Project project, JsonObject made, OpenOrClosed state) {
    var placed = GitHubIssues.placed(project, made);
    if (state.isOpen()) {
      return Future.succeededFuture(placed);
    }
    var path = GitHubApi.repository(project) + "/issues/" + placed.externalId();
    return api.send(HttpMethod.PATCH, path, GitHubIssues.state(state), "issue " + placed.key())
        .map(closed -> GitHubIssues.placed(project, closed))
        .otherwise(why -> OpenOrClosed.unclosed(placed, why));
  }
}
