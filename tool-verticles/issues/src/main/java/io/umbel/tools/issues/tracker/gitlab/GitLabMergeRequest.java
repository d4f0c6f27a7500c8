package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Denials;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One merge request, by its number in its project. */
record GitLabMergeRequest(Project project, String number, Denials denials) {

  /** Throws where that is no number. */
  GitLabMergeRequest {
    if (!GitLabApi.isNumber(number)) {
      throw denials.none("merge request " + Refused.shown(number));
    }
  }

  /** For texts. */
  String what() {
    return "merge request " + project.identifier() + "!" + number;
  }

  String path() {
    return GitLabApi.path(project) + "/merge_requests/" + number;
  }

  Future<JsonObject> read(GitLabApi api) {
    return api.get(path(), what());
  }

  /** What its notes hang on. */
  GitLabNotes.Thing thing(JsonObject json) {
    return new GitLabNotes.Thing(path(), json.getString("web_url"), what());
  }
}
