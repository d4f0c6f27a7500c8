package io.umbel.tools.issues.manage;

import io.umbel.contract.Caller;
import io.umbel.tools.issues.remote.Remotes;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Answers what the REST API asks about trackers, as {@code docs/bus.md} has it under "manage". The
 * gateway has checked scopes; the account is the caller's, and no other exists.
 */
public final class TrackerDesk {

  private final Pool pool;
  private final Consumer<String> changed;
  private final Setup setup;
  private final SyncDesk syncs;

  /**
   * A desk over that pool.
   *
   * @param remotes the kinds of trackers, and how what opens them is kept
   * @param syncs how copies are kept
   * @param changed hears the account whose trackers are others now
   */
  public TrackerDesk(Pool pool, Remotes remotes, SyncDesk syncs, Consumer<String> changed) {
    this.pool = pool;
    this.changed = changed;
    this.setup = new Setup(pool, remotes);
    this.syncs = syncs;
  }

  /** The answer where there is no database. */
  public static Future<JsonObject> noDatabase() {
    return Future.succeededFuture(Denied.noDatabase().answer());
  }

  /** Answers a request; fails only where something is broken. */
  public Future<JsonObject> manage(Caller caller, JsonObject request) {
    return Future.succeededFuture(new Asked(caller.account(), request))
        .compose(this::answer)
        .recover(TrackerDesk::denied);
  }

  private Future<JsonObject> answer(Asked asked) {
    return switch (asked.operation()) {
      case "listTrackers" -> list(asked);
      case "createTracker" -> told(asked, setup.create(asked));
      case "getTracker" -> find(rows(asked), asked.id()).map(TrackerDesk::found);
      case "updateTracker" -> told(asked, setup.update(asked));
      case "deleteTracker" -> delete(asked);
      case "testTracker" -> told(asked, setup.test(asked));
      case "testNewTracker" -> setup.testNew(asked);
      case "syncTracker" -> syncs.ask(asked);
      case "getTrackerSync" -> syncs.show(asked);
      case "createTrackerWebhook" -> syncs.openWebhook(asked);
      case "deleteTrackerWebhook" -> syncs.closeWebhook(asked);
      case "receiveWebhook" -> syncs.take(asked);
      case "listIssueChanges" -> new ChangeLog(pool).page(asked.account(), asked.query());
      case "listIssueProjects" -> new ChangeLog(pool).projects(asked.account(), asked.query());
      default -> throw Denied.noSuchOperation();
    };
  }

  private Future<JsonObject> list(Asked asked) {
    return rows(asked).all().map(all -> JsonObject.of("status", 200, "body", new JsonArray(all)));
  }

  private Future<JsonObject> delete(Asked asked) {
    return pool.withTransaction(transaction -> {
          var rows = new TrackerRows(transaction, asked.account());
          return rows.lock(asked.id()).compose(locked -> find(rows, asked.id())).compose(before -> {
            asked.check(before.getLong("version"));
            return rows.delete(asked.id(), asked.isForGood()).map(before);
          });
        })
        .onSuccess(before -> changed.accept(asked.account()))
        .map(before -> JsonObject.of("status", 200)
            .put("body", JsonObject.of("message", "Tracker deleted successfully"))
            .put("audit", audit("delete", before, null)));
  }

  /** Says it to whoever has tools by these trackers. */
  private Future<JsonObject> told(Asked asked, Future<JsonObject> answered) {
    return answered.onSuccess(done -> changed.accept(asked.account()));
  }

  private TrackerRows rows(Asked asked) {
    return new TrackerRows(pool, asked.account());
  }

  static Future<JsonObject> find(TrackerRows rows, UUID id) {
    return rows.find(id).map(found -> found.orElseThrow(Denied::notFound));
  }

  static JsonObject found(JsonObject tracker) {
    return JsonObject.of("status", 200, "body", tracker)
        .put("etag", "\"" + tracker.getLong("version") + "\"");
  }

  static JsonObject audit(String what, JsonObject before, JsonObject after) {
    var target = (after == null ? before : after).getString("id");
    return JsonObject.of("action", "tracker." + what, "target", target)
        .put("before", before)
        .put("after", after);
  }

  private static Future<JsonObject> denied(Throwable why) {
    if (why instanceof Denied denied) {
      return Future.succeededFuture(denied.answer());
    }
    var isAway = why instanceof IOException
        || why instanceof TimeoutException
        || (why instanceof PgException database
            ? String.valueOf(database.getSqlState()).matches("(08|25|40|53|55|57).*")
            : why instanceof VertxException);
    return isAway
        ? Future.succeededFuture(Denied.databaseAway().answer())
        : Future.failedFuture(why);
  }
}
