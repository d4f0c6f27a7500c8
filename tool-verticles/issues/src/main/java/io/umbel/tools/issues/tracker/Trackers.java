package io.umbel.tools.issues.tracker;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.Set;

/** The kinds of trackers that there are, and the tracker behind a project. */
public final class Trackers {

  /** The one kind that is there today. */
  public static final Set<String> TYPES = Set.of(LocalTracker.TYPE);

  private Trackers() {}

  /**
   * The tracker of that project.
   *
   * @param transaction in which what is written is kept; a local tracker counts its issues there
   * @throws Refused if this version does not know its kind
   */
  public static Tracker of(Project project, SqlClient transaction) {
    if (!TYPES.contains(project.trackerType())) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "Tracker " + project.trackerName() + " is of the kind " + project.trackerType()
              + ", which this version cannot write to",
          null);
    }
    return new LocalTracker(transaction);
  }

  /** Whether a tracker set up so can be used. */
  public static Future<Verdict> test(JsonObject tracker) {
    return Future.succeededFuture(new Verdict(
        TYPES.contains(tracker.getString("tracker_type")),
        "A local tracker needs no other server"));
  }
}
