package io.umbel.tools.issues.tracker.github;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * Comments of issues, and those of pull requests that are about no line
 * (docs.github.com/rest/issues/comments).
 */
final class GitHubComments {

  private final GitHubApi api;

  GitHubComments(GitHubApi api) {
    this.api = api;
  }

  /** A new one of an issue, which has no lines. */
  Future<PlacedComment> addToIssue(Issue issue, Remark remark) {
    if (remark.line() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "An issue on GitHub has no comments on lines: name a pull request, or leave out path and"
              + " line",
          null);
    }
    return add(GitHubApi.path(issue), remark.body(), "issue " + issue.key());
  }

  /** A new one below that issue or pull request. */
  Future<PlacedComment> add(String path, String body, String what) {
    return api.send(HttpMethod.POST, path + "/comments", JsonObject.of("body", body), what)
        .map(GitHubIssues::placed);
  }

  /** Changes one of an issue, whose comments have no threads. */
  Future<PlacedComment> changeOfIssue(Issue issue, CommentChange change) {
    if (change.resolved() != null || "review_comment".equals(change.type())) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "Comments of an issue on GitHub have no threads to resolve: only review comments of pull"
              + " requests do",
          null);
    }
    return edit(issue.project(), GitHubApi.number(issue), change);
  }

  /** Gives one another text, if it is of that issue or pull request. */
  Future<PlacedComment> edit(Project project, String number, CommentChange change) {
    var what = "comment " + Refused.shown(change.externalId()) + " of " + project.identifier() + "#"
        + number;
    if (!GitHubApi.isNumber(change.externalId())) {
      throw api.denials().none(what);
    }
    var path = GitHubApi.repository(project) + "/issues/comments/" + change.externalId();
    return api.get(path, what).compose(json -> {
      if (!json.getString("issue_url", "").endsWith("/issues/" + number)) {
        throw api.denials().none(what);
      }
      var body = JsonObject.of("body", change.body());
      return api.send(HttpMethod.PATCH, path, body, what).map(GitHubIssues::placed);
    });
  }
}
