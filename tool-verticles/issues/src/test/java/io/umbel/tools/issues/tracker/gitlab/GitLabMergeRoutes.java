package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.PlayedApi.Told;
import io.umbel.tools.issues.tracker.gitlab.GitLabServer.Project;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Merge requests, as docs.gitlab.com/api/merge_requests, /discussions and /merge_request_approvals
 * say, and of the GraphQL API the request for changes.
 */
final class GitLabMergeRoutes {

  private static final String ONE = "/projects/*/merge_requests/(\\d+)";

  private final GitLabServer server;

  GitLabMergeRoutes(GitLabServer server) {
    this.server = server;
  }

  void add() {
    server.route(
        "POST",
        "/projects/*/merge_requests",
        asked -> server.in(asked, one -> create(one, asked.json())));
    server.route("GET", ONE, asked -> server.in(asked, one -> server.there(merge(one, asked))));
    server.route(
        "PUT",
        ONE,
        asked -> server.in(asked, one -> {
          var told = server.update(merge(one, asked), asked.json());
          return told.status() == 200 ? Told.of(200, drafted(merge(one, asked))) : told;
        }));
    server.route(
        "GET", ONE + "/diffs", asked -> server.in(asked, one -> server.list(asked, one.files)));
    server.route(
        "GET",
        ONE + "/approvals",
        asked -> server.in(asked, one -> {
          var merge = merge(one, asked);
          var isMine = merge.getJsonObject("author").getString("username").equals("bot");
          return Told.of(
              200,
              JsonObject.of("user_can_approve", !isMine)
                  .put("user_has_approved", merge.getBoolean("approved", false)));
        }));
    server.route(
        "POST",
        ONE + "/approve",
        asked -> server.in(asked, one -> {
          var merge = merge(one, asked);
          return merge.getJsonObject("author").getString("username").equals("bot")
              ? GitLabServer.problem(401, "401 Unauthorized")
              : Told.of(201, merge.put("approved", true));
        }));
    server.route(
        "POST", ONE + "/discussions", asked -> server.in(asked, one -> discuss(one, asked)));
    server.route(
        "PUT", ONE + "/discussions/*", asked -> server.in(asked, one -> resolve(one, asked)));
    server.root("POST", "/api/graphql", this::graph);
  }

  private static JsonObject merge(Project project, Asked asked) {
    return project.thing("merge_requests", asked.number(2));
  }

  private Told create(Project project, JsonObject body) {
    var source = body.getString("source_branch");
    var there = project.merges.stream()
        .filter(one -> one.getString("source_branch").equals(source)
            && one.getString("state").equals("opened"))
        .findFirst();
    if (there.isPresent()) {
      return Told.of(
          409,
          JsonObject.of(
              "message",
              JsonArray.of("Another open merge request already exists for this source branch: !"
                  + there.get().getLong("iid"))));
    }
    return Told.of(201, made(project, body, "bot"));
  }

  JsonObject made(Project project, JsonObject body, String author) {
    var iid = project.merges.size() + 1;
    var merge = server
        .begun(project, "merge_requests", iid, author)
        .put("reviewers", new JsonArray())
        .put("source_branch", body.getString("source_branch"))
        .put("target_branch", body.getString("target_branch"))
        .put("milestone_id", body.getValue("milestone_id"))
        .put("squash", body.getBoolean("squash", false))
        .putNull("merged_at")
        .put("diff_refs", JsonObject.of("base_sha", "b", "start_sha", "s", "head_sha", "h"));
    project.merges.add(merge);
    server.update(merge, body);
    return drafted(merge);
  }

  /** Whether it is a draft its title says. */
  private static JsonObject drafted(JsonObject merge) {
    return merge.put("draft", merge.getString("title").startsWith("Draft:"));
  }

  private Told discuss(Project project, Asked asked) {
    var merge = merge(project, asked);
    if (merge == null) {
      return server.nothing();
    }
    var position = asked.json().getJsonObject("position");
    var isOn = position == null
        || (isKnown(project, position)
            && merge
                .getJsonObject("diff_refs")
                .getString("head_sha")
                .equals(position.getString("head_sha")));
    if (!isOn) {
      return Told.of(
          400,
          JsonObject.of(
              "message",
              "400 Bad request - Note {:line_code=>"
                  + "[\"can't be blank\", \"must be a valid line code\"]}"));
    }
    var note = server
        .note(server.ordered(merge, asked.json().getString("body")), "bot", merge)
        .put("resolvable", true)
        .put("resolved", false);
    if (position != null) {
      note.put("type", "DiffNote").put("position", position);
    }
    return Told.of(201, server.thread(project, "merge_requests", asked.number(2), note, false));
  }

  private static boolean isKnown(Project project, JsonObject position) {
    return project.files.stream()
        .anyMatch(file -> file.getString("new_path").equals(position.getString("new_path")));
  }

  private Told resolve(Project project, Asked asked) {
    var thread = project.threads("merge_requests", asked.number(2)).stream()
        .filter(one -> one.getString("id").equals(asked.group(3)))
        .findFirst();
    if (thread.isEmpty()) {
      return server.nothing();
    }
    thread
        .get()
        .getJsonArray("notes")
        .forEach(note -> ((JsonObject) note).put("resolved", asked.json().getBoolean("resolved")));
    return Told.of(200, thread.get());
  }

  private Told graph(Asked asked) {
    var values = asked.json().getJsonObject("variables");
    var project = server.projects.get(values.getString("path"));
    var merge = project == null
        ? null
        : project.thing("merge_requests", Long.parseLong(values.getString("iid")));
    if (merge == null) {
      return Told.of(
          200,
          JsonObject.of("data", new JsonObject().putNull("mergeRequestRequestChanges"))
              .put(
                  "errors",
                  JsonArray.of(JsonObject.of(
                      "message",
                      "The resource that you are attempting to access does not exist"))));
    }
    var isReviewer = merge.getJsonArray("reviewers").stream()
        .anyMatch(one -> ((JsonObject) one).getString("username").equals("bot"));
    var errors = isReviewer ? new JsonArray() : JsonArray.of("Reviewer not found");
    merge.put("changes_requested", isReviewer);
    return Told.of(
        200,
        JsonObject.of(
            "data", JsonObject.of("mergeRequestRequestChanges", JsonObject.of("errors", errors))));
  }
}
