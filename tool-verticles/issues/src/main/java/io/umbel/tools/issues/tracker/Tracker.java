package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Relation;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A tracker, of whatever kind: what is written is written here first, and what it says it took is
 * what is kept. Reading is from what is kept, so it needs no tracker.
 *
 * <p>A tracker that says no fails with {@link io.umbel.tools.issues.store.Refused}, and nothing was
 * written; any other failure may have been after the fact.
 */
public interface Tracker {

  /**
   * Makes an issue.
   *
   * @param wanted with a status that only {@linkplain io.umbel.tools.issues.store.Status#asked
   *     asks}, its word null where nothing was asked for
   */
  Future<Placed> create(Project project, Fields wanted);

  /** Changes an issue to be like that; the issue as it took it. */
  Future<Fields> update(Issue issue, Fields wanted);

  /** Adds a comment to an issue. */
  Future<PlacedComment> comment(Issue issue, Remark remark);

  /** Links two issues of this tracker's account. */
  Future<Void> link(Issue issue, Issue related, Relation relation);

  /**
   * An issue that a tracker took.
   *
   * @param externalId what the tracker calls it, unique in its project
   * @param key what people call it, as in {@code WEB-12} or {@code acme/web#12}
   * @param url where people read it
   * @param taken its fields as the tracker has them, its status with a category
   * @param note what its maker has to know beside, in a sentence; or null
   */
  record Placed(String externalId, String key, String url, Fields taken, String note) {
    public Placed(String externalId, String key, String url, Fields taken) {
      this(externalId, key, url, taken, null);
    }
  }

  /**
   * A comment that a tracker took.
   *
   * @param externalId what the tracker calls it
   * @param url where people read it
   */
  record PlacedComment(String externalId, String url) {}

  /**
   * What is to be said of an issue.
   *
   * @param line the line that it is about, or null
   * @param inReplyTo the external id of the comment that it answers, or null
   */
  record Remark(String body, Line line, String inReplyTo) {}

  /**
   * A line in a change.
   *
   * @param side {@code LEFT} for what was there before, {@code RIGHT} for what is there now
   */
  record Line(String path, long number, String side) {}

  /**
   * Whether a tracker can be used as it is set up.
   *
   * @param message what is wrong, or that nothing is
   */
  record Verdict(boolean isValid, String message) {
    public JsonObject toJson() {
      return JsonObject.of("is_valid", isValid, "message", message);
    }
  }
}
