package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.ProjectRows;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.sync.SyncBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code sync_tracker}: has the copy of a tracker made anew, and tells how far it is. What is not
 * through before the call has to be answered goes on by itself.
 */
public final class SyncTracker {

  private static final long LOOK_MILLIS = 250;
  private static final long MARGIN_MILLIS = 3_000;
  private static final Set<String> BUSY = Set.of("queued", "running");

  private final Vertx vertx;
  private final Pool pool;
  private final SyncBoard board;
  private final Runnable look;

  /**
   * The tool.
   *
   * @param look has somebody look what is due
   */
  public SyncTracker(Vertx vertx, Pool pool, Runnable look) {
    this.vertx = vertx;
    this.pool = pool;
    this.board = new SyncBoard(pool);
    this.look = look;
  }

  public Tool tool() {
    var description = "Brings the copy of a tracker's issues up to date and tells how far it is."
        + " Where that takes longer than this call may, state is queued or running, and it goes on"
        + " by itself: call again to hear more.";
    var input = Form.bounded(
        Schema.object().text("tracker", "Its name or id; not needed where there is only one"), 200);
    return Tool.named("sync_tracker", description, Form.scoped(input), Answering.with(this::sync))
        .titled("Sync tracker")
        .returns(output())
        .idempotent()
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema output() {
    var output = Schema.object()
        .text("tracker", "Its name")
        .choice("state", "Where it stands", "idle", "queued", "running", "failed")
        .integer("done", "Issues that were looked at")
        .with("minimum", 0)
        .integer("written", "Those that were new or others")
        .with("minimum", 0)
        .integer("failed", "What could not be kept")
        .with("minimum", 0)
        .text("error", "What is wrong");
    output.list(
        "failures", "The first that could not be kept", new JsonObject().put("type", "object"));
    return output.require("tracker", "state", "done", "written", "failed");
  }

  private Future<JsonObject> sync(ToolCall call) {
    var scope = Form.scope(call);
    var until = System.nanoTime()
        + TimeUnit.MILLISECONDS.toNanos(Math.max(1, call.origin().timeoutMillis() - MARGIN_MILLIS));
    return new ProjectRows(pool)
        .of(scope)
        .map(all -> meant(all, call.text("tracker")))
        .compose(project -> board
            .show(scope.account(), project.tracker())
            .compose(before -> board
                .ask(scope.account(), project.tracker())
                .onSuccess(asked -> look.run())
                .compose(asked -> wait(call, project.tracker(), until, -1)))
            .map(now -> answer(scope, project, now)));
  }

  /** Until it is over, or there is no time left to say how far it is. */
  private Future<JsonObject> wait(ToolCall call, UUID tracker, long until, long told) {
    return board.show(call.caller().account(), tracker).compose(found -> {
      var now = found.orElseGet(() -> JsonObject.of("state", "idle"));
      // What is queued has the counts of the time before.
      long done = "queued".equals(now.getString("state")) ? told : now.getLong("done", 0L);
      if (done > told) {
        var total = now.getLong("total");
        call.progress((double) done, total == null ? 0 : total.doubleValue(), done + " issues");
      }
      var isOver = !BUSY.contains(now.getString("state"))
          || now.getString("error") != null
          || System.nanoTime() > until
          || call.cancelled().isComplete();
      return isOver
          ? Future.succeededFuture(now)
          : vertx
              .timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
              .compose(later -> wait(call, tracker, until, Math.max(told, done)));
    });
  }

  /** What could not be kept may be of a project that this caller does not see. */
  private static JsonObject answer(Scope scope, Project project, JsonObject now) {
    var json = JsonObject.of("tracker", project.trackerName(), "state", now.getString("state"))
        .put("done", now.getLong("done", 0L))
        .put("written", now.getLong("written", 0L))
        .put("failed", now.getLong("failed", 0L));
    if (now.getString("error") != null) {
      json.put("error", now.getString("error"));
    }
    return scope.project() == null
        ? json.put("failures", now.getJsonArray("failures", new JsonArray()))
        : json;
  }

  private static Project meant(List<Project> all, String text) {
    var meant = all.stream()
        .filter(project -> text == null
            || project.trackerName().equalsIgnoreCase(text)
            || project.tracker().toString().equals(text))
        .collect(Collectors.toMap(Project::tracker, project -> project, (one, other) -> one));
    if (meant.size() == 1) {
      return meant.values().iterator().next();
    }
    var names = new TreeSet<String>();
    all.forEach(project -> names.add(project.trackerName()));
    throw Refused.invalid(
        names.isEmpty()
            ? "You see no tracker with a project"
            : "Say which tracker: one of " + String.join(", ", names));
  }
}
