package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Notes of issues and merge requests, and the threads that they are in (docs.gitlab.com/api/notes,
 * docs.gitlab.com/api/discussions).
 */
final class GitLabNotes {

  /** Threads that are looked through for a note. */
  private static final int THREADS = 1_000;

  private final GitLabApi api;

  GitLabNotes(GitLabApi api) {
    this.api = api;
  }

  /**
   * What notes hang on.
   *
   * @param path in the API
   * @param url for people
   * @param what for texts
   */
  record Thing(String path, String url, String what) {}

  /** A new note of an issue, which has no lines. */
  Future<PlacedComment> addToIssue(Issue issue, Remark remark) {
    if (remark.line() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "An issue on GitLab has no comments on lines: name a merge request, or leave out path and"
              + " line",
          null);
    }
    return add(thing(issue), remark);
  }

  /** Changes a note of an issue. */
  Future<PlacedComment> changeOfIssue(Issue issue, CommentChange change) {
    if (change.resolved() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "GitLab resolves threads of merge requests alone, not of issues",
          null);
    }
    return edit(thing(issue), change);
  }

  private static Thing thing(Issue issue) {
    return new Thing(GitLabApi.path(issue), issue.url(), "issue " + issue.key());
  }

  /** A new note, in the thread of the one that it answers. */
  Future<PlacedComment> add(Thing thing, Remark remark) {
    var body = JsonObject.of("body", PlainText.of(remark.body()));
    return remark.inReplyTo() == null
        ? posted(thing, "/notes", body)
        : thread(thing, remark.inReplyTo())
            .compose(
                thread -> posted(thing, "/discussions/" + thread.getString("id") + "/notes", body));
  }

  /** Gives a note another text. */
  Future<PlacedComment> edit(Thing thing, CommentChange change) {
    if (!GitLabApi.isNumber(change.externalId())) {
      throw none(thing, change.externalId());
    }
    return api.send(
            HttpMethod.PUT,
            thing.path() + "/notes/" + change.externalId(),
            JsonObject.of("body", PlainText.of(change.body())),
            what(thing, change.externalId()))
        .map(note -> GitLabIssues.placed(thing.url(), note));
  }

  /** The thread that a note is in. */
  Future<JsonObject> thread(Thing thing, String note) {
    return api.all(thing.path() + "/discussions", THREADS, thing.what())
        .map(threads -> threads.stream()
            .filter(thread -> note(thread, note).isPresent())
            .findFirst()
            .orElseThrow(() -> none(thing, note)));
  }

  /** That note in a thread. */
  static Optional<JsonObject> note(JsonObject thread, String id) {
    return thread.getJsonArray("notes").stream()
        .map(JsonObject.class::cast)
        .filter(note -> note.getLong("id").toString().equals(id))
        .findFirst();
  }

  Future<PlacedComment> posted(Thing thing, String path, JsonObject body) {
    return api.send(HttpMethod.POST, thing.path() + path, body, thing.what())
        .map(said -> GitLabIssues.placed(thing.url(), first(said)));
  }

  private Refused none(Thing thing, String note) {
    return api.denials().none(what(thing, note));
  }

  private static String what(Thing thing, String note) {
    return "comment " + Refused.shown(note) + " of " + thing.what();
  }

  /** Where a thread was made its first note is what was said. */
  private static JsonObject first(JsonObject said) {
    return said.containsKey("notes") ? said.getJsonArray("notes").getJsonObject(0) : said;
  }
}
