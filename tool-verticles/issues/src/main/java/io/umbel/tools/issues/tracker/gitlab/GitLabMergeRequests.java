package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.DiffText;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Steps;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Merge requests of GitLab (docs.gitlab.com/api/merge_requests). */
final class GitLabMergeRequests implements PullRequests {

  private static final int FILES_OF_A_PAGE = 20;

  private final GitLabApi api;
  private final GitLabNotes notes;
  private final GitLabThreads threads;
  private final GitLabMergeWriting writing;

  GitLabMergeRequests(GitLabApi api, GitLabNotes notes) {
    this.api = api;
    this.notes = notes;
    this.threads = new GitLabThreads(api, notes);
    this.writing = new GitLabMergeWriting(api, threads, notes);
  }

  @Override
  public Future<JsonObject> get(Project project, String number, Wanted wanted) {
    return api.denials().read(() -> whole(merge(project, number), wanted));
  }

  @Override
  public Future<JsonObject> create(Project project, JsonObject arguments) {
    return api.denials().written(() -> writing.create(project, arguments));
  }

  @Override
  public Future<JsonObject> update(Project project, String number, JsonObject arguments) {
    return api.denials().written(() -> writing.update(merge(project, number), arguments));
  }

  @Override
  public Future<PlacedComment> comment(Project project, String number, Remark remark) {
    return api.denials().written(() -> said(merge(project, number), remark));
  }

  @Override
  public Future<PlacedComment> change(Project project, String number, CommentChange change) {
    return api.denials().written(() -> changed(merge(project, number), change));
  }

  private GitLabMergeRequest merge(Project project, String number) {
    return new GitLabMergeRequest(project, number, api.denials());
  }

  private Future<JsonObject> whole(GitLabMergeRequest merge, Wanted wanted) {
    return merge
        .read(api)
        .compose(json -> threads
            .of(merge, json, wanted.comments())
            .compose(said -> diff(merge, wanted).map(diff -> {
              var told = told(json);
              said.ifPresent(all -> all.in(told));
              diff.ifPresent(text -> told.put("changes", text));
              return told;
            })));
  }

  private Future<PlacedComment> said(GitLabMergeRequest merge, Remark remark) {
    return merge
        .read(api)
        .compose(json -> remark.line() == null || remark.inReplyTo() != null
            ? notes.add(merge.thing(json), remark)
            : threads
                .files(merge)
                .map(
                    files -> GitLabThreads.onLine(merge, json, files, remark.line(), remark.body()))
                .compose(body -> threads.begun(merge, json, body)));
  }

  private Future<PlacedComment> changed(GitLabMergeRequest merge, CommentChange change) {
    return merge.read(api).compose(json -> {
      var steps = new Steps();
      if (change.resolved() != null) {
        steps.then("resolved", () -> settled(merge, json, change));
      }
      if (change.body() != null) {
        steps.then("body", () -> notes.edit(merge.thing(json), change));
      }
      return steps
          .run()
          .map(done -> GitLabIssues.placed(json.getString("web_url"), change.externalId()));
    });
  }

  /** Resolves the thread that is named, or that of the comment; both are of this merge request. */
  private Future<Void> settled(GitLabMergeRequest merge, JsonObject json, CommentChange change) {
    return notes.thread(merge.thing(json), change.externalId()).compose(thread -> {
      if (change.thread() != null && !change.thread().equals(thread.getString("id"))) {
        throw api.denials().none("such comment in that thread of " + merge.what());
      }
      if (!GitLabThreads.isResolvable(thread)) {
        throw new Refused(
            ErrorCode.NOT_SUPPORTED,
            "This comment is in no thread that GitLab can resolve: only threads in a merge request"
                + " can be",
            null);
      }
      var path = merge.path() + "/discussions/" + thread.getString("id");
      var body = JsonObject.of("resolved", change.resolved());
      return api.send(HttpMethod.PUT, path, body, merge.what()).mapEmpty();
    });
  }

  private static JsonObject told(JsonObject json) {
    var state = json.getString("state");
    return JsonObject.of("id", json.getLong("id").toString(), "number", json.getLong("iid"))
        .put("title", json.getString("title"))
        .put("description", GitLabIssues.text(json, "description"))
        .put("state", state.equals("opened") ? "open" : state)
        .put("author", GitLabIssues.author(json))
        .put("assignees", new JsonArray(GitLabIssues.names(json, "assignees")))
        .put("reviewers", new JsonArray(GitLabIssues.names(json, "reviewers")))
        .put("labels", new JsonArray(GitLabIssues.texts(json, "labels")))
        .put("url", json.getString("web_url"))
        .put("source_branch", json.getString("source_branch"))
        .put("target_branch", json.getString("target_branch"))
        .put("created_at", json.getString("created_at"))
        .put("updated_at", json.getString("updated_at"))
        .put("merged_at", json.getString("merged_at"))
        .put("is_draft", json.getBoolean("draft", false));
  }

  private Future<Optional<JsonObject>> diff(GitLabMergeRequest merge, Wanted wanted) {
    return wanted.diff()
        ? files(merge, 1, new DiffText(wanted.diffBytes())).map(text -> Optional.of(text.toJson()))
        : Future.succeededFuture(Optional.empty());
  }

  /** "List merge request diffs"; those that GitLab does not show itself are not in it. */
  private Future<DiffText> files(GitLabMergeRequest merge, int page, DiffText text) {
    return api.page(merge.path() + "/diffs", page, FILES_OF_A_PAGE, merge.what())
        .compose(files -> {
          files.forEach(each -> add(text, (JsonObject) each));
          if (files.size() < FILES_OF_A_PAGE) {
            return Future.succeededFuture(text);
          }
          if (text.isFull()) {
            text.cut();
            return Future.succeededFuture(text);
          }
          return files(merge, page + 1, text);
        });
  }

  private static void add(DiffText text, JsonObject file) {
    var isLeftOut = file.getBoolean("too_large", false) || file.getBoolean("collapsed", false);
    text.add(
        file.getBoolean("new_file", false) ? null : file.getString("old_path"),
        file.getBoolean("deleted_file", false) ? null : file.getString("new_path"),
        isLeftOut ? null : file.getString("diff", ""));
  }
}
