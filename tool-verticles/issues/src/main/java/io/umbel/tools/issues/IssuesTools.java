package io.umbel.tools.issues;

import io.umbel.contract.Caller;
import io.umbel.contract.Provision;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.outbound.Destinations;
import io.umbel.outbound.Outbound;
import io.umbel.outbound.Outbound.Bounds;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.Vault;
import io.umbel.tools.issues.demo.DemoTracker;
import io.umbel.tools.issues.manage.TrackerDesk;
import io.umbel.tools.issues.remote.Remotes;
import io.umbel.tools.issues.remote.TrackerSecrets;
import io.umbel.tools.issues.store.ProjectRows;
import io.umbel.tools.issues.store.PullReference;
import io.umbel.tools.issues.tool.AddComment;
import io.umbel.tools.issues.tool.CreateIssue;
import io.umbel.tools.issues.tool.CreatePullRequest;
import io.umbel.tools.issues.tool.GetIssue;
import io.umbel.tools.issues.tool.GetIssueHistory;
import io.umbel.tools.issues.tool.GetPullRequest;
import io.umbel.tools.issues.tool.LinkIssues;
import io.umbel.tools.issues.tool.ListComments;
import io.umbel.tools.issues.tool.ListIssues;
import io.umbel.tools.issues.tool.ListLabels;
import io.umbel.tools.issues.tool.Quality;
import io.umbel.tools.issues.tool.SyncTracker;
import io.umbel.tools.issues.tool.UpdateComment;
import io.umbel.tools.issues.tool.UpdateIssue;
import io.umbel.tools.issues.tool.UpdatePullRequest;
import io.umbel.tools.issues.tracker.RemoteKind;
import io.umbel.tools.issues.tracker.TrackerWeb.Pace;
import io.umbel.tools.issues.tracker.Trackers;
import io.umbel.tools.issues.write.Commenting;
import io.umbel.tools.issues.write.Creation;
import io.umbel.tools.issues.write.Desk;
import io.umbel.tools.issues.write.IssueEvents;
import io.umbel.tools.issues.write.Linking;
import io.umbel.tools.issues.write.Pulls;
import io.umbel.tools.issues.write.Recommenting;
import io.umbel.tools.issues.write.Updating;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads and writes the issues of an account's trackers. Where an account has no tracker in use its
 * callers have none of these tools; its first tracker makes them appear on open streams.
 */
public final class IssuesTools extends TailoredToolVerticle {

  /** Configuration: the account that gets a tracker to try things with; none where absent. */
  public static final String DEMO_ACCOUNT = "demo_account";

  /** Configuration: from which likeness on, 0 to 1, an open issue is taken for the same. */
  public static final String DUPLICATE_SIMILARITY = "duplicate_similarity";

  /** The tools of those that have pull requests somewhere. */
  private static final List<String> OF_PULLS =
      List.of("update_comment", "get_pull_request", "create_pull_request", "update_pull_request");

  private static final List<String> NAMES = List.of(
      "get_issue",
      "list_issues",
      "create_issue",
      "update_issue",
      "add_comment",
      "list_comments",
      "list_labels",
      "link_issues",
      "get_issue_history",
      "sync_tracker");

  /** Configuration: where trackers may be although it is no public place. */
  public static final String ALLOWED_DESTINATIONS = "allowed_destinations";

  /** Configuration: seconds from one sync of a tracker to the next; 0 for none on this instance. */
  public static final String SYNC_INTERVAL = "sync_interval";

  /** What a tracker may take for one request, and say in answer to it: a page of long issues. */
  private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(10), 16 * 1024 * 1024);

  private static final String SCHEMA = "issues";
  private static final String COMPLIANCE = "compliance";

  /** An issue is not held up for long by what is only told beside it. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final double USUAL_SIMILARITY = 0.75;

  private final List<RemoteKind> kinds;
  private Pool pool;
  private Remotes remotes;
  private IssueEvents events;
  private TrackerDesk trackers;
  private Copies copies;
  private Provision usual;
  private Provision withPulls;

  public IssuesTools() {
    this(Trackers.REMOTE);
  }

  /** One that knows these kinds of trackers on other servers. */
  IssuesTools(List<RemoteKind> kinds) {
    this.kinds = kinds;
  }

  @Override
  public List<String> possibleTools() {
    return Stream.concat(NAMES.stream(), OF_PULLS.stream()).toList();
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
        : new ProjectRows(pool).trackerTypes(caller.account()).map(this::offeredFor);
  }

  /** What whoever has trackers of these kinds can do. */
  private Provision offeredFor(Set<String> types) {
    if (types.isEmpty()) {
      return Provision.nothing();
    }
    return types.stream().anyMatch(PullReference.TYPES::contains) ? withPulls : usual;
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    return pool == null ? TrackerDesk.noDatabase() : trackers.manage(caller, request);
  }

  private Future<?> open(Pool connections) {
    pool = connections;
    var secrets = new TrackerSecrets(Vault.of(vertx));
    remotes = new Remotes(pool, reachable(), secrets);
    copies = new Copies(vertx, pool, remotes, events, config().getLong(SYNC_INTERVAL));
    trackers = new TrackerDesk(pool, remotes, copies.desk(), this::trackersChanged);
    usual = Provision.of(enabled(all()));
    withPulls =
        Provision.of(enabled(Stream.concat(all().stream(), ofPulls().stream()).toList()));
    return secrets.reseal(pool).compose(done -> demo()).onSuccess(ready -> copies.open());
  }

  @Override
  protected Future<?> finish() {
    return (copies == null ? Future.succeededFuture() : copies.close())
        .compose(done -> super.finish());
  }

  private Trackers reachable() {
    var allowed = config().getJsonArray(ALLOWED_DESTINATIONS, new JsonArray()).stream()
        .map(String.class::cast)
        .toList();
    var outbound = new Outbound(vertx, new Destinations(vertx, allowed), BOUNDS);
    return new Trackers(vertx, outbound, Pace.USUAL, kinds);
  }

  private Future<?> demo() {
    var account = config().getString(DEMO_ACCOUNT);
    return account == null
        ? Future.succeededFuture()
        : new DemoTracker(vertx, pool, trackers, desk()).make(account);
  }

  /** Whoever has the tools may not have them any more, or the other way round. */
  private void trackersChanged(String account) {
    provisionChanged(account);
    events.tellTrackersChanged(account);
    copies.look();
  }

  private Desk desk() {
    return new Desk(vertx, pool, remotes, events);
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
        new GetIssueHistory(pool).tool(),
        new SyncTracker(vertx, pool, copies::look).tool());
  }

  private List<Tool> ofPulls() {
    var pulls = new Pulls(desk());
    return List.of(
        new UpdateComment(new Recommenting(desk())).tool(),
        new GetPullRequest(pulls).tool(),
        new CreatePullRequest(pulls).tool(),
        new UpdatePullRequest(pulls).tool());
  }

  private List<Tool> enabled(List<Tool> all) {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    return all.stream()
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .toList();
  }
}
