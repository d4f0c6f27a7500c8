package io.umbel.tools.issues;

import io.umbel.contract.Caller;
import io.umbel.contract.Provision;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.umbel.tools.issues.demo.DemoTracker;
import io.umbel.tools.issues.manage.TrackerDesk;
import io.umbel.tools.issues.store.ProjectRows;
import io.umbel.tools.issues.tool.AddComment;
import io.umbel.tools.issues.tool.CreateIssue;
import io.umbel.tools.issues.tool.GetIssue;
import io.umbel.tools.issues.tool.GetIssueHistory;
import io.umbel.tools.issues.tool.LinkIssues;
import io.umbel.tools.issues.tool.ListComments;
import io.umbel.tools.issues.tool.ListIssues;
import io.umbel.tools.issues.tool.ListLabels;
import io.umbel.tools.issues.tool.Quality;
import io.umbel.tools.issues.tool.UpdateIssue;
import io.umbel.tools.issues.write.Commenting;
import io.umbel.tools.issues.write.Creation;
import io.umbel.tools.issues.write.Desk;
import io.umbel.tools.issues.write.IssueEvents;
import io.umbel.tools.issues.write.Linking;
import io.umbel.tools.issues.write.Updating;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;

/**
 * Reads and writes the issues of an account's trackers. Where an account has no tracker in use its
 * callers have none of these tools; its first tracker makes them appear on open streams.
 */
public final class IssuesTools extends TailoredToolVerticle {

  /** Configuration: the account that gets a tracker to try things with; none where absent. */
  public static final String DEMO_ACCOUNT = "demo_account";

  /** Configuration: from which likeness on, 0 to 1, an open issue is taken for the same. */
  public static final String DUPLICATE_SIMILARITY = "duplicate_similarity";

  private static final List<String> NAMES = List.of(
      "get_issue",
      "list_issues",
      "create_issue",
      "update_issue",
      "add_comment",
      "list_comments",
      "list_labels",
      "link_issues",
      "get_issue_history");

  private static final String SCHEMA = "issues";
  private static final String COMPLIANCE = "compliance";

  /** An issue is not held up for long by what is only told beside it. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final double USUAL_SIMILARITY = 0.75;

  private Pool pool;
  private IssueEvents events;
  private TrackerDesk trackers;
  private Provision provision;

  @Override
  public List<String> possibleTools() {
    return NAMES;
  }

  @Override
  protected List<String> asks() {
    return List.of(COMPLIANCE);
  }

  @Override
  public boolean needsDatabase() {
    return true;
  }

  @Override
  protected Future<?> prepare() {
    events = new IssueEvents(vertx, instance().id());
    return super.prepare()
        .compose(ready -> DatabaseUrl.find(vertx).isEmpty()
            ? Future.succeededFuture()
            : Database.open(vertx, SCHEMA).compose(database -> open(database.pool())));
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    return pool == null
        ? Future.succeededFuture(Provision.nothing())
        : new ProjectRows(pool)
            .hasTracker(caller.account())
            .map(has -> has ? provision : Provision.nothing());
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    return pool == null ? TrackerDesk.noDatabase() : trackers.manage(caller, request);
  }

  private Future<?> open(Pool connections) {
    pool = connections;
    trackers = new TrackerDesk(pool, this::trackersChanged);
    provision = Provision.of(enabled(all()));
    var account = config().getString(DEMO_ACCOUNT);
    return account == null
        ? Future.succeededFuture()
        : new DemoTracker(vertx, pool, trackers, desk()).make(account);
  }

  /** Whoever has the tools may not have them any more, or the other way round. */
  private void trackersChanged(String account) {
    provisionChanged(account);
    events.tellTrackersChanged(account);
  }

  private Desk desk() {
    return new Desk(pool, events);
  }

  private Quality quality() {
    return new Quality((call, request) -> askKept(call.origin(), PATIENCE, COMPLIANCE, request));
  }

  private List<Tool> all() {
    var desk = desk();
    var similar = config().getDouble(DUPLICATE_SIMILARITY, USUAL_SIMILARITY);
    return List.of(
        new GetIssue(pool, quality()).tool(),
        new ListIssues(pool).tool(),
        new CreateIssue(new Creation(desk, similar)).tool(),
        new UpdateIssue(new Updating(desk)).tool(),
        new AddComment(new Commenting(desk)).tool(),
        new ListComments(pool).tool(),
        new ListLabels(pool).tool(),
        new LinkIssues(new Linking(desk)).tool(),
        new GetIssueHistory(pool).tool());
  }

  private List<Tool> enabled(List<Tool> all) {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    return all.stream()
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .toList();
  }
}
