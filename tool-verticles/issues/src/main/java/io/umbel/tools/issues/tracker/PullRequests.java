package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Pull requests of a tracker, or merge requests where it calls them so. No copy of them is kept.
 * Arguments and answers are those of the tools, as {@code docs/issues.md} has them.
 */
public interface PullRequests {

  /** What {@code get_pull_request} answers. */
  Future<JsonObject> get(Project project, String number, Wanted wanted);

  /** Makes one: arguments and answer of {@code create_pull_request}. */
  Future<JsonObject> create(Project project, JsonObject arguments);

  /** Changes one: arguments and answer of {@code update_pull_request}. */
  Future<JsonObject> update(Project project, String number, JsonObject arguments);

  /** Says something of one, perhaps of one of its lines. */
  Future<PlacedComment> comment(Project project, String number, Remark remark);

  /** Changes a comment of one. */
  Future<PlacedComment> change(Project project, String number, Remote.CommentChange change);

  /**
   * What is to be read beside the pull request itself.
   *
   * @param diff cut at {@code diffBytes}, and then said so
   */
  record Wanted(boolean comments, boolean diff, int diffBytes) {}
}
