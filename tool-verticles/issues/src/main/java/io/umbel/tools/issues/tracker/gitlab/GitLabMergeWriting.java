package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Review;
import io.umbel.tools.issues.tracker.Steps;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * Makes and changes merge requests (docs.gitlab.com/api/merge_requests). A draft is one whose title
 * says so; changes are requested by GraphQL alone.
 */
final class GitLabMergeWriting {

  private static final List<String> OPTIONS =
      List.of("allow_collaboration", "remove_source_branch", "squash");
  private static final String DRAFT = "Draft: ";
  private static final String IS_DRAFT = "(?i)^\\s*(draft:|\\[draft]|\\(draft\\))\\s*";
  private static final String REQUEST_CHANGES = """
      mutation($path: ID!, $iid: String!) {
        mergeRequestRequestChanges(input: {projectPath: $path, iid: $iid}) { errors } }""";

  private final GitLabApi api;
  private final GitLabThreads threads;
  private final GitLabNotes notes;

  GitLabMergeWriting(GitLabApi api, GitLabThreads threads, GitLabNotes notes) {
    this.api = api;
    this.threads = threads;
    this.notes = notes;
  }

  /** All that can be looked up is looked up before anything is made, and it is made at once. */
  Future<JsonObject> create(Project project, JsonObject asked) {
    var body = JsonObject.of("source_branch", asked.getString("source_branch"))
        .put("target_branch", asked.getString("target_branch"))
        .put("title", title(asked.getString("title"), asked.getBoolean("draft", false)))
        .put("description", PlainText.of(asked.getString("description", "")))
        .mergeIn(options(asked.getJsonObject("extra_options", new JsonObject())));
    var what = "project " + project.identifier();
    return branch(project, asked.getString("source_branch"))
        .compose(there -> branch(project, asked.getString("target_branch")))
        .compose(there -> people(body, asked))
        .compose(done -> milestone(project, asked.getString("milestone")))
        .map(milestone -> milestone == null ? body : body.put("milestone_id", milestone))
        .compose(whole ->
            api.send(HttpMethod.POST, GitLabApi.path(project) + "/merge_requests", whole, what))
        .map(made -> JsonObject.of("pull_request_id", made.getLong("id").toString())
            .put("number", made.getLong("iid"))
            .put("status", "created")
            .put(
                "message",
                "Created merge request " + project.identifier() + "!" + made.getLong("iid"))
            .put("url", made.getString("web_url"))
            .put("source_branch", made.getString("source_branch"))
            .put("target_branch", made.getString("target_branch"))
            .put("is_draft", made.getBoolean("draft", false)));
  }

  Future<JsonObject> update(GitLabMergeRequest merge, JsonObject asked) {
    var review = Review.of(asked);
    return merge.read(api).compose(json -> {
      var body = changed(json, asked);
      return people(body, asked)
          .compose(whole -> lines(merge, json, review)
              .compose(lines -> steps(merge, json, whole, review, lines).run()))
          .map(done -> {
            var what =
                done.isEmpty() ? "Nothing was to change" : "Changed " + String.join(", ", done);
            return JsonObject.of("pull_request_id", json.getLong("id").toString())
                .put("status", done.isEmpty() ? "unchanged" : "updated")
                .put("message", what + " of " + merge.what())
                .put("url", json.getString("web_url"));
          });
    });
  }

  /** Where comments go that a review has on lines; a line that is none is refused at once. */
  private Future<List<JsonObject>> lines(GitLabMergeRequest merge, JsonObject json, Review review) {
    return review == null || review.comments().isEmpty()
        ? Future.succeededFuture(List.of())
        : threads
            .files(merge)
            .map(files -> review.comments().stream()
                .map(said -> GitLabThreads.onLine(merge, json, files, said.line(), said.body()))
                .toList());
  }

  private Steps steps(
      GitLabMergeRequest merge,
      JsonObject json,
      JsonObject body,
      Review review,
      List<JsonObject> lines) {
    var steps = new Steps();
    if (!body.isEmpty()) {
      var names = String.join(" and ", body.fieldNames())
          .replace("state_event", "state")
          .replace("_ids", "s");
      steps.then(names, () -> api.send(HttpMethod.PUT, merge.path(), body, merge.what()));
    }
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      steps.then("review comment " + (i + 1), () -> threads.begun(merge, json, line));
    }
    if (review != null) {
      review(steps, merge, json, review);
    }
    return steps;
  }

  private static JsonObject changed(JsonObject json, JsonObject asked) {
    var body = new JsonObject();
    var before = json.getString("title");
    var draft = asked.getBoolean("draft", json.getBoolean("draft", false));
    var title = title(asked.getString("title", before), draft);
    if (!title.equals(before)) {
      body.put("title", title);
    }
    if (asked.getString("description") != null) {
      body.put("description", PlainText.of(asked.getString("description")));
    }
    if (asked.getJsonArray("labels") != null) {
      body.put("labels", GitLabIssues.labels(GitLabIssues.texts(asked, "labels")));
    }
    var state = asked.getString("state");
    if (state != null && state.equals("open") != json.getString("state").equals("opened")) {
      body.put("state_event", state.equals("open") ? "reopen" : "close");
    }
    return body;
  }

  /** A verdict comes after its reasons. */
  private void review(Steps steps, GitLabMergeRequest merge, JsonObject json, Review review) {
    if (review.hasBody()) {
      var remark = new Remark(review.body(), null, null);
      steps.then("review", () -> notes.add(merge.thing(json), remark));
    }
    switch (review.action()) {
      case APPROVE -> steps.then("approval", () -> approved(merge));
      case REQUEST_CHANGES -> steps.then("request for changes", () -> requested(merge));
      case COMMENT -> {
        // Said already.
      }
    }
  }

  /**
   * GitLab answers 401 to one who may not approve, as to one who has no good token, so that is
   * asked before (docs.gitlab.com/api/merge_request_approvals).
   */
  private Future<?> approved(GitLabMergeRequest merge) {
    return api.get(merge.path() + "/approvals", merge.what()).compose(json -> {
      if (json.getBoolean("user_has_approved", false)) {
        return Future.succeededFuture();
      }
      if (!json.getBoolean("user_can_approve", true)) {
        throw new Refused(
            ErrorCode.INVALID_ARGUMENT,
            "The user of this tracker's token may not approve " + merge.what()
                + ": its author and its committers often may not",
            null);
      }
      return api.send(HttpMethod.POST, merge.path() + "/approve", new JsonObject(), merge.what());
    });
  }

  private Future<?> requested(GitLabMergeRequest merge) {
    var values = JsonObject.of("path", merge.project().identifier(), "iid", merge.number());
    return api.mutate("mergeRequestRequestChanges", REQUEST_CHANGES, values);
  }

  private Future<JsonObject> people(JsonObject body, JsonObject asked) {
    return numbered(body, asked, "assignees", "assignee_ids")
        .compose(done -> numbered(body, asked, "reviewers", "reviewer_ids"))
        .map(done -> asked.getJsonArray("labels") == null
            ? body
            : body.put("labels", GitLabIssues.labels(GitLabIssues.texts(asked, "labels"))));
  }

  private Future<JsonObject> numbered(JsonObject body, JsonObject asked, String member, String as) {
    return asked.getJsonArray(member) == null
        ? Future.succeededFuture(body)
        : new GitLabPeople(api)
            .ids(GitLabIssues.texts(asked, member))
            .map(ids -> body.put(as, ids));
  }

  private Future<?> branch(Project project, String name) {
    var path = GitLabApi.path(project) + "/repository/branches/" + GitLabApi.encoded(name);
    return api.get(path, "branch " + Refused.shown(name) + " in " + project.identifier());
  }

  /** By title, or by its number in the project; null where none is asked for. */
  private Future<Long> milestone(Project project, String asked) {
    if (asked == null) {
      return Future.succeededFuture();
    }
    var path = GitLabApi.path(project) + "/milestones?include_ancestors=true";
    return api.all(path, 1_000, "project " + project.identifier())
        .map(all -> all.stream()
            .filter(one -> asked.equalsIgnoreCase(one.getString("title"))
                || Objects.equals(asked, one.getLong("iid").toString()))
            .findFirst()
            .map(one -> one.getLong("id"))
            .orElseThrow(() -> Refused.invalid("There is no milestone \"" + Refused.shown(asked)
                + "\" in " + project.identifier())));
  }

  private static String title(String title, boolean isDraft) {
    var bare = title.replaceFirst(IS_DRAFT, "");
    return isDraft ? DRAFT + bare : bare;
  }

  private static JsonObject options(JsonObject asked) {
    asked.fieldNames().stream()
        .filter(name -> !OPTIONS.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw Refused.invalid("extra_options/" + Refused.shown(name)
              + " is not known on GitLab; there are: " + String.join(", ", OPTIONS));
        });
    return asked;
  }
}
