package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.store.Refused;
import io.vertx.core.json.JsonObject;

/** Jira has no transactions: what failed after something was written says so. */
final class Halfway {

  private Halfway() {}

  /** The same failure, and that something was done before it. */
  static Throwable of(Throwable why, String done) {
    if (!(why instanceof Refused refused)) {
      return why;
    }
    var details =
        refused.details() == null ? new JsonObject() : refused.details().copy();
    return new Refused(
        refused.code(),
        done + ", then: " + refused.getMessage(),
        details.put("tracker_updated", true));
  }
}
