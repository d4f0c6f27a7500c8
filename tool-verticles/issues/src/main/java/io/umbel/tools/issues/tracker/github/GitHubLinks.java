package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Relation;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * Links between issues. GitHub knows what blocks what (docs.github.com/rest/issues: issue
 * dependencies); for the rest a comment that names the other issue is all there is, and "Duplicate
 * of" is the one by which GitHub marks a duplicate (docs.github.com/issues: marking issues or pull
 * requests as a duplicate).
 */
final class GitHubLinks {

  private final GitHubApi api;

  GitHubLinks(GitHubApi api) {
    this.api = api;
  }

  Future<Void> link(Issue issue, Issue related, Relation relation) {
    return switch (relation) {
      case IS_BLOCKED_BY -> blocked(issue, related);
      case BLOCKS -> blocked(related, issue);
      case DUPLICATES -> said(issue, "Duplicate of " + related.key());
      case RELATES_TO -> said(issue, "Related to " + related.key());
    };
  }

  /** The blocking issue is named by its id, which is not its number. */
  private Future<Void> blocked(Issue blocked, Issue by) {
    var path = GitHubApi.path(blocked) + "/dependencies/blocked_by";
    return api.get(GitHubApi.path(by), "issue " + by.key())
        .map(json -> JsonObject.of("issue_id", json.getLong("id")))
        .compose(body -> api.sent(HttpMethod.POST, path, body))
        .compose(answer -> {
          var isThere = answer.status() == 422 && GitHubApi.said(answer).contains("already");
          if (!isThere) {
            api.denials().checked(answer, "issue " + blocked.key());
          }
          return Future.succeededFuture();
        });
  }

  private Future<Void> said(Issue issue, String body) {
    return api.send(
            HttpMethod.POST,
            GitHubApi.path(issue) + "/comments",
            JsonObject.of("body", body),
            "issue " + issue.key())
        .mapEmpty();
  }
}
