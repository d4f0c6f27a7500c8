package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.DiffText;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Pull requests of GitHub (docs.github.com/rest/pulls). */
final class GitHubPullRequests implements PullRequests {

  private static final int FILES_OF_A_PAGE = 30;

  private final GitHubApi api;
  private final GitHubPullWriting writing;
  private final GitHubReviewComments comments;

  GitHubPullRequests(GitHubApi api, GitHubComments comments) {
    this.api = api;
    this.writing = new GitHubPullWriting(api);
    this.comments = new GitHubReviewComments(api, comments);
  }

  @Override
  public Future<JsonObject> get(Project project, String number, Wanted wanted) {
    return api.denials().read(() -> whole(pull(project, number), wanted));
  }

  @Override
  public Future<JsonObject> create(Project project, JsonObject arguments) {
    return api.denials().written(() -> writing.create(project, arguments));
  }

  @Override
  public Future<JsonObject> update(Project project, String number, JsonObject arguments) {
    return api.denials().written(() -> writing.update(pull(project, number), arguments));
  }

  @Override
  public Future<PlacedComment> comment(Project project, String number, Remark remark) {
    return api.denials().written(() -> comments.add(pull(project, number), remark));
  }

  @Override
  public Future<PlacedComment> change(Project project, String number, CommentChange change) {
    return api.denials().written(() -> comments.change(pull(project, number), change));
  }

  private GitHubPull pull(Project project, String number) {
    return new GitHubPull(project, number, api.denials());
  }

  private Future<JsonObject> whole(GitHubPull pull, Wanted wanted) {
    return pull.read(api)
        .compose(json -> comments
            .of(pull, wanted.comments())
            .compose(said -> diff(pull, wanted).map(diff -> {
              var told = told(json);
              said.ifPresent(all -> all.in(told));
              diff.ifPresent(text -> told.put("changes", text));
              return told;
            })));
  }

  private static JsonObject told(JsonObject json) {
    var isMerged = json.getString("merged_at") != null;
    return JsonObject.of("id", json.getLong("id").toString(), "number", json.getLong("number"))
        .put("title", json.getString("title"))
        .put("description", GitHubIssues.text(json, "body"))
        .put("state", isMerged ? "merged" : json.getString("state"))
        .put("author", GitHubIssues.author(json))
        .put("assignees", new JsonArray(GitHubIssues.names(json, "assignees", "login")))
        .put("reviewers", new JsonArray(GitHubIssues.names(json, "requested_reviewers", "login")))
        .put("labels", new JsonArray(GitHubIssues.names(json, "labels", "name")))
        .put("url", json.getString("html_url"))
        .put("source_branch", json.getJsonObject("head").getString("ref"))
        .put("target_branch", json.getJsonObject("base").getString("ref"))
        .put("created_at", json.getString("created_at"))
        .put("updated_at", json.getString("updated_at"))
        .put("merged_at", json.getString("merged_at"))
        .put("is_draft", json.getBoolean("draft", false));
  }

  /** File by file: GitHub refuses the diff as a whole where it is long. */
  private Future<Optional<JsonObject>> diff(GitHubPull pull, Wanted wanted) {
    return wanted.diff()
        ? files(pull, 1, new DiffText(wanted.diffBytes())).map(text -> Optional.of(text.toJson()))
        : Future.succeededFuture(Optional.empty());
  }

  private Future<DiffText> files(GitHubPull pull, int page, DiffText text) {
    var path = pull.path() + "/files?per_page=" + FILES_OF_A_PAGE + "&page=" + page;
    return api.list(path, pull.what()).compose(files -> {
      files.forEach(each -> add(text, (JsonObject) each));
      if (files.size() < FILES_OF_A_PAGE) {
        return Future.succeededFuture(text);
      }
      if (text.isFull()) {
        text.cut();
        return Future.succeededFuture(text);
      }
      return files(pull, page + 1, text);
    });
  }

  /** A file without a patch is binary or too large, or only has another name. */
  private static void add(DiffText text, JsonObject file) {
    var now = file.getString("filename");
    var status = file.getString("status");
    var before = file.getString("previous_filename", now);
    var isSame = file.getInteger("changes", 0) == 0;
    text.add(
        status.equals("added") ? null : before,
        status.equals("removed") ? null : now,
        file.getString("patch", isSame ? "" : null));
  }
}
