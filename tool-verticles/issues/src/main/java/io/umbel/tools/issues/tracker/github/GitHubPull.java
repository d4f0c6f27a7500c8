package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Denials;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One pull request, by the number that it shares with the issue that it is too. */
record GitHubPull(Project project, String number, Denials denials) {

  /** Throws where that is no number. */
  GitHubPull {
    if (!GitHubApi.isNumber(number)) {
      throw denials.none("pull request " + io.umbel.tools.issues.store.Refused.shown(number));
    }
  }

  /** For texts. */
  String what() {
    return "pull request " + project.identifier() + "#" + number;
  }

  String path() {
    return GitHubApi.repository(project) + "/pulls/" + number;
  }

  /** What labels, assignees and comments hang on. */
  String issuePath() {
    return GitHubApi.repository(project) + "/issues/" + number;
  }

  Future<JsonObject> read(GitHubApi api) {
    return api.get(path(), what());
  }
}
