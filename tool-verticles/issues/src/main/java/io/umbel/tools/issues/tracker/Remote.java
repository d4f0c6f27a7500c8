package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A tracker on another server, of which a copy is kept here. Fails with
 * {@link io.umbel.tools.issues.store.Refused}, whose text is for users and has no secret in it.
 */
public interface Remote extends Tracker {

  /** Whether it can be used as it is set up; does not fail for what is wrong with it. */
  Future<Verdict> test();

  /** The projects that its credentials see, by identifier, at most so many. */
  Future<List<Place>> projects(int most);

  /**
   * What changed in a project, whatever changed first first, page by page. An issue that changes
   * meanwhile may be told of twice, and is never left out.
   */
  Future<Page> changed(Project project, Since since);

  /** An issue as it is now with its comments; nothing where there is none, or it is no issue. */
  Future<Optional<Copied>> issue(Project project, String externalId);

  /** The labels that a project knows. */
  Future<List<Label>> labels(Project project);

  /** Changes a comment. */
  Future<PlacedComment> change(Issue issue, CommentChange change);

  /** Its pull requests, where its kind has them. */
  default Optional<PullRequests> pullRequests() {
    return Optional.empty();
  }

  /**
   * A project as the tracker calls it.
   *
   * @param identifier as in {@code acme/web} or {@code WEB}
   */
  record Place(String identifier, String name, String organization) {}

  /**
   * From where on.
   *
   * @param updated RFC 3339 in UTC: what changed then or later; null for all there is
   * @param next what the page before told, or null for the first one
   */
  record Since(String updated, String next) {}

  /**
   * Some of what changed.
   *
   * @param next for the next page, or null where this is the last
   * @param total of issues on all pages from the first one, or null where it does not tell
   */
  record Page(List<Copied> issues, String next, Integer total) {

    /** One of a tracker that does not tell how many there are. */
    public Page(List<Copied> issues, String next) {
      this(issues, next, null);
    }
  }

  /**
   * An issue of the tracker.
   *
   * @param comments all of it, the oldest first; at most as many as its kind reads
   */
  record Copied(Placed placed, Origin origin, List<CopiedComment> comments) {}

  /**
   * Who made it and when.
   *
   * @param createdAt RFC 3339 in UTC, as is the other one
   * @param more what the tracker says beside: {@code type}, {@code original_priority} and so on
   */
  record Origin(String author, String createdAt, String updatedAt, JsonObject more) {}

  /**
   * A comment of the tracker.
   *
   * @param inReplyTo the external id of the comment that it answers, or null
   * @param createdAt RFC 3339 in UTC, as is the other one
   */
  record CopiedComment(
      PlacedComment placed,
      String author,
      String body,
      String inReplyTo,
      String createdAt,
      String updatedAt) {}

  /** A label: description and color (as in {@code d73a4a}) may be null. */
  record Label(String name, String description, String color) {}

  /**
   * What a comment is to be.
   *
   * @param externalId which one
   * @param body its new text, or null
   * @param resolved whether its thread is settled, or null
   * @param thread the external id of its thread where the comment's own does not tell, or null
   * @param type {@code review_comment} or {@code issue_comment}, or null for either
   */
  record CommentChange(
      String externalId, String body, Boolean resolved, String thread, String type) {}
}
