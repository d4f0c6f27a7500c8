package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a merge request, by threads, of which those about lines have a position
 * (docs.gitlab.com/api/discussions: merge requests).
 */
final class GitLabThreads {

  private static final int THREADS = 500;

  private final GitLabApi api;
  private final GitLabNotes notes;

  GitLabThreads(GitLabApi api, GitLabNotes notes) {
    this.api = api;
    this.notes = notes;
  }

  /** All of it, the oldest first; nothing where it is not wanted. */
  Future<Optional<JsonArray>> of(GitLabMergeRequest merge, JsonObject json, boolean isWanted) {
    if (!isWanted) {
      return Future.succeededFuture(Optional.empty());
    }
    return api.all(merge.path() + "/discussions", THREADS, merge.what()).map(threads -> {
      var all = new ArrayList<JsonObject>();
      threads.forEach(thread -> all.addAll(said(json.getString("web_url"), thread)));
      all.sort(Comparator.comparing(one -> one.getString("created_at")));
      return Optional.of(new JsonArray(all));
    });
  }

  /**
   * Says something of a line. A position names the three commits of the newest version of the merge
   * request, and the file before and now.
   */
  Future<PlacedComment> onLine(GitLabMergeRequest merge, JsonObject json, Line line, String body) {
    var commits = json.getJsonObject("diff_refs", new JsonObject());
    var position = JsonObject.of("position_type", "text")
        .put("base_sha", commits.getString("base_sha"))
        .put("start_sha", commits.getString("start_sha"))
        .put("head_sha", commits.getString("head_sha"))
        .put("old_path", line.path())
        .put("new_path", line.path())
        .put(line.side().equals("LEFT") ? "old_line" : "new_line", line.number());
    var said = JsonObject.of("body", PlainText.of(body), "position", position);
    return notes.posted(merge.thing(json), "/discussions", said);
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
