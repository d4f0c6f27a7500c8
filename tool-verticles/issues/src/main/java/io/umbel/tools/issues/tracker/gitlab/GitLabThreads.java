package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Discussion;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a merge request, by threads, of which those about lines have a position
 * (docs.gitlab.com/api/discussions: merge requests).
 */
final class GitLabThreads {

  private static final int THREADS = 500;
  private static final int FILES = 1_000;

  private final GitLabApi api;
  private final GitLabNotes notes;

  GitLabThreads(GitLabApi api, GitLabNotes notes) {
    this.api = api;
    this.notes = notes;
  }

  /** All of it; nothing where it is not wanted. */
  Future<Optional<Discussion>> of(GitLabMergeRequest merge, JsonObject json, boolean isWanted) {
    return isWanted
        ? api.all(merge.path() + "/discussions", THREADS, merge.what())
            .map(threads -> Optional.of(new Discussion(threads.stream()
                .flatMap(thread -> said(json.getString("web_url"), thread).stream())
                .toList())))
        : Future.succeededFuture(Optional.empty());
  }

  /** The files that a merge request changes, each with its diff. */
  Future<List<JsonObject>> files(GitLabMergeRequest merge) {
    return api.all(merge.path() + "/diffs", FILES, merge.what());
  }

  /**
   * The body that says something of a line. A position names the three commits of the newest
   * version of the merge request, and the file before and now.
   */
  static JsonObject onLine(
      GitLabMergeRequest merge, JsonObject json, List<JsonObject> files, Line line, String body) {
    var commits = json.getJsonObject("diff_refs");
    var file = file(merge, files, line);
    var position = JsonObject.of("position_type", "text")
        .put("base_sha", commits.getString("base_sha"))
        .put("start_sha", commits.getString("start_sha"))
        .put("head_sha", commits.getString("head_sha"))
        .put("old_path", file.getString("old_path"))
        .put("new_path", file.getString("new_path"));
    ChangedLine.of(file.getString("diff", ""), line).in(position);
    return JsonObject.of("body", PlainText.of(body), "position", position);
  }

  /** Says it. */
  Future<PlacedComment> begun(GitLabMergeRequest merge, JsonObject json, JsonObject body) {
    return notes.posted(merge.thing(json), "/discussions", body);
  }

  private static JsonObject file(GitLabMergeRequest merge, List<JsonObject> files, Line line) {
    var side = line.side().equals("LEFT") ? "old_path" : "new_path";
    return files.stream()
        .filter(file -> line.path().equals(file.getString(side)))
        .findFirst()
        .orElseThrow(() -> Refused.invalid(Refused.shown(line.path())
            + " is none of the files that " + merge.what() + " changes"));
  }

  static boolean isResolvable(JsonObject thread) {
    return thread.getJsonArray("notes").stream()
        .anyMatch(note -> ((JsonObject) note).getBoolean("resolvable", false));
  }

  private static List<JsonObject> said(String of, JsonObject thread) {
    var all = new ArrayList<JsonObject>();
    for (var each : thread.getJsonArray("notes")) {
      var note = (JsonObject) each;
      if (!note.getBoolean("system", false)) {
        var told = told(of, note);
        if (!all.isEmpty()) {
          told.put("in_reply_to", all.get(0).getString("id"));
        }
        if (note.getBoolean("resolvable", false)) {
          told.put("thread_id", thread.getString("id"))
              .put("resolved", note.getBoolean("resolved", false));
        }
        all.add(told);
      }
    }
    return all;
  }

  private static JsonObject told(String of, JsonObject note) {
    var position = note.getJsonObject("position");
    var told = JsonObject.of("id", note.getLong("id").toString())
        .put("type", position == null ? "issue_comment" : "review_comment")
        .put("author", GitLabIssues.author(note))
        .put("body", GitLabIssues.text(note, "body"))
        .put("url", GitLabIssues.placed(of, note).url())
        .put("created_at", note.getString("created_at"))
        .put("updated_at", note.getString("updated_at"));
    if (position == null) {
      return told;
    }
    var isNow = position.getInteger("new_line") != null;
    return told.put("path", position.getString(isNow ? "new_path" : "old_path"))
        .put("line", position.getInteger(isNow ? "new_line" : "old_line"))
        .put("side", isNow ? "RIGHT" : "LEFT");
  }
}
