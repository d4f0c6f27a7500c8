package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.OpenOrClosed;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * Makes, changes and links issues (docs.gitlab.com/api/issues, docs.gitlab.com/api/issue_links).
 */
final class GitLabWriting {

  private final GitLabApi api;

  GitLabWriting(GitLabApi api) {
    this.api = api;
  }

  Future<Placed> create(Project project, Fields wanted) {
    var state = OpenOrClosed.of(wanted.status());
    var body = GitLabIssues.made(wanted);
    var issues = GitLabApi.path(project) + "/issues";
    return assigned(body, wanted.assignee(), wanted.assignee() != null)
        .compose(
            whole -> api.send(HttpMethod.POST, issues, whole, "project " + project.identifier()))
        .compose(made -> closed(project, made, state));
  }

  /** Asks nothing where it is like that already. */
  Future<Fields> update(Issue issue, Fields wanted) {
    var before = issue.fields();
    var body = GitLabIssues.changed(before, wanted);
    var isAnother = !Objects.equals(before.assignee(), wanted.assignee());
    if (body.isEmpty() && !isAnother) {
      return Future.succeededFuture(before);
    }
    return assigned(body, wanted.assignee(), isAnother)
        .compose(
            whole -> api.send(HttpMethod.PUT, GitLabApi.path(issue), whole, "issue " + issue.key()))
        .map(GitLabIssues::fields);
  }

  /** GitLab's links know no duplicates: it marks one by closing it. */
  Future<Void> link(Issue issue, Issue related, Relation relation) {
    if (relation == Relation.DUPLICATES) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "GitLab has no link for duplicates: link them with relates_to, and close the one that"
              + " says nothing new",
          null);
    }
    var body = JsonObject.of("target_project_id", related.project().identifier())
        .put("target_issue_iid", GitLabApi.number(related))
        .put("link_type", relation.word());
    return api.sent(HttpMethod.POST, GitLabApi.path(issue) + "/links", body).compose(answer -> {
      if (answer.status() != 409) { // They are linked already.
        api.denials().checked(answer, "issue " + issue.key() + " or " + related.key());
      }
      return Future.succeededFuture();
    });
  }

  private Future<JsonObject> assigned(JsonObject body, String username, boolean isAnother) {
    return isAnother
        ? new GitLabPeople(api)
            .ids(username == null ? List.of() : List.of(username))
            .map(ids -> body.put("assignee_ids", ids))
        : Future.succeededFuture(body);
  }

  /** An issue is open at first, and one that could not be closed is there nevertheless. */
  private Future<Placed> closed(Project project, JsonObject made, OpenOrClosed state) {
    var placed = GitLabIssues.placed(project, made);
    if (state.isOpen()) {
      return Future.succeededFuture(placed);
    }
    var path = GitLabApi.path(project) + "/issues/" + placed.externalId();
    return api.send(HttpMethod.PUT, path, GitLabIssues.state(state), "issue " + placed.key())
        .map(closed -> GitLabIssues.placed(project, closed))
        .otherwise(why -> OpenOrClosed.unclosed(placed, why));
  }
}
