package io.umbel.tools.issues.write;

import io.umbel.contract.Bus;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.tools.issues.store.Issue;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Tells everyone that an issue changed, once that is committed. No text of an issue travels with
 * it: who keeps an index reads what changed. A message that is lost is made good by reading again.
 */
public final class IssueEvents {

  /** What happened. */
  public enum Event {
    CREATED("issue-created"),
    UPDATED("issue-updated"),
    COMMENTED("issue-commented"),
    LINKED("issue-linked"),
    DELETED("issue-deleted");

    private final String op;

    Event(String op) {
      this.op = op;
    }
  }

  /** An account's trackers are others now: whole projects may have come or gone. */
  private static final String TRACKERS_CHANGED = "trackers-changed";

  private final Vertx vertx;
  private final String instance;
  private final SignedMessage signed;

  /**
   * Events that such an instance tells.
   *
   * @param instance the id of the provider's instance
   */
  public IssueEvents(Vertx vertx, String instance) {
    this.vertx = vertx;
    this.instance = instance;
    signed = new SignedMessage(Node.of(vertx));
  }

  /** Says that of an issue. */
  public void tell(Event event, Issue issue) {
    var body = JsonObject.of("account", issue.account(), "issue_id", issue.row().getString("id"))
        .put("key", issue.key())
        .put("revision", issue.revision())
        .put("tracker_id", issue.row().getString("tracker_id"))
        .put("project_identifier", issue.row().getString("identifier"))
        .put("project_id", issue.row().getString("project_id"));
    signed.publish(vertx, Bus.ISSUES, event.op, instance, body.toBuffer());
  }

  /** Says that of an account. */
  public void tellTrackersChanged(String account) {
    var body = JsonObject.of("account", account).toBuffer();
    signed.publish(vertx, Bus.ISSUES, TRACKERS_CHANGED, instance, body);
  }
}
