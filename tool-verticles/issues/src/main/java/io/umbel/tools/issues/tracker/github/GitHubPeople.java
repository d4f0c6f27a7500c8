package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who can be given work. GitHub passes over an assignee in silence where the token may not push
 * (docs.github.com/rest/issues: create an issue), so they are asked for before.
 */
final class GitHubPeople {

  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_\\[\\]-]{1,100}");

  private final GitHubApi api;

  GitHubPeople(GitHubApi api) {
    this.api = api;
  }

  /** Fails with the first that cannot be assigned there. */
  Future<Void> assignable(Project project, List<String> logins) {
    if (logins.isEmpty()) {
      return Future.succeededFuture();
    }
    var login = logins.get(0);
    return isAssignable(project, login)
        .compose(isOne -> isOne
            ? assignable(project, logins.subList(1, logins.size()))
            : Future.failedFuture(Refused.invalid("Nobody called \"" + Refused.shown(login)
                + "\" can be assigned in " + project.identifier() + " on GitHub: give a login")));
  }

  private Future<Boolean> isAssignable(Project project, String login) {
    return LOGIN.matcher(login).matches()
        ? api.has(
            GitHubApi.repository(project) + "/assignees/"
                + login.replace("[", "%5B").replace("]", "%5D"),
            "project " + project.identifier())
        : Future.succeededFuture(false);
  }
}
