package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The numbers of people, by which alone GitLab assigns them (docs.gitlab.com/api/users: list users,
 * by {@code username}).
 */
final class GitLabPeople {

  /** What stands for nobody, where somebody is to be taken away. */
  private static final JsonArray NOBODY = JsonArray.of(0);

  private final GitLabApi api;

  GitLabPeople(GitLabApi api) {
    this.api = api;
  }

  /** Their numbers; fails with the first that is nobody's name. */
  Future<JsonArray> ids(List<String> usernames) {
    return usernames.isEmpty()
        ? Future.succeededFuture(NOBODY.copy())
        : ids(usernames, new JsonArray());
  }

  private Future<JsonArray> ids(List<String> usernames, JsonArray found) {
    if (found.size() == usernames.size()) {
      return Future.succeededFuture(found);
    }
    var username = usernames.get(found.size()).replaceFirst("^@", "");
    return api.page("/users?username=" + GitLabApi.encoded(username), 1, "users")
        .compose(users -> ids(usernames, found.add(id(users, username))));
  }

  private static Long id(JsonArray users, String username) {
    return users.stream()
        .map(JsonObject.class::cast)
        .filter(one -> username.equalsIgnoreCase(one.getString("username")))
        .map(one -> one.getLong("id"))
        .findFirst()
        .orElseThrow(() -> Refused.invalid("There is no user called \"" + Refused.shown(username)
            + "\" on GitLab: give a username"));
  }
}
