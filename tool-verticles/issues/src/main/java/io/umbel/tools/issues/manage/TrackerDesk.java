package io.umbel.tools.issues.manage;

import io.umbel.contract.Caller;
import io.umbel.tools.issues.tracker.Trackers;
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

  private static final int MOST = 100;
  private static final String PATH = "/api/v1/trackers/";

  private final Pool pool;
  private final Consumer<String> changed;

  /**
   * A desk over that pool.
   *
   * @param changed hears the account whose trackers are others now
   */
  public TrackerDesk(Pool pool, Consumer<String> changed) {
    this.pool = pool;
    this.changed = changed;
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
      case "createTracker" -> create(asked);
      case "getTracker" -> find(rows(asked), asked.id()).map(TrackerDesk::found);
      case "updateTracker" -> update(asked);
      case "deleteTracker" -> delete(asked);
      case "testTracker", "testNewTracker" -> test(asked);
      case "listIssueChanges" -> new ChangeLog(pool).page(asked.account(), asked.query());
      case "listIssueProjects" -> new ChangeLog(pool).projects(asked.account(), asked.query());
      default -> throw Denied.noSuchOperation();
    };
  }

  private Future<JsonObject> list(Asked asked) {
    return rows(asked).all().map(all -> JsonObject.of("status", 200, "body", new JsonArray(all)));
  }

  private Future<JsonObject> create(Asked asked) {
    var tracker = TrackerForm.whole(asked.body());
    return Trackers.test(tracker)
        .compose(verdict -> pool.withTransaction(transaction -> {
          var rows = new TrackerRows(transaction, asked.account());
          return rows.all()
              .compose(all -> all.size() < MOST
                  ? rows.insert(tracker, verdict.toJson())
                  : Future.failedFuture(Denied.tooMany(MOST)))
              .compose(id -> find(rows, id));
        }))
        .onSuccess(made -> changed.accept(asked.account()))
        .map(made -> found(made)
            .put("status", 201)
            .put("location", PATH + made.getString("id"))
            .put("audit", audit("create", null, made)))
        .recover(why -> taken(why, tracker.getString("name")));
  }

  private Future<JsonObject> update(Asked asked) {
    return pool.withTransaction(transaction -> {
          var rows = new TrackerRows(transaction, asked.account());
          return rows.lock(asked.id())
              .compose(locked -> find(rows, asked.id()))
              .compose(before -> changed(rows, asked, before));
        })
        .onSuccess(done -> changed.accept(asked.account()))
        .recover(why -> taken(why, String.valueOf(asked.body().getValue("name"))));
  }

  private static Future<JsonObject> changed(TrackerRows rows, Asked asked, JsonObject before) {
    asked.check(before.getLong("version"));
    return rows.update(asked.id(), TrackerForm.change(asked.body(), before))
        .compose(kept -> kept.isEmpty()
            ? find(rows, asked.id())
            : Future.failedFuture(Denied.projectInUse(kept.get())))
        .map(after -> found(after).put("audit", audit("update", before, after)));
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

  /** One there is, whose verdict is kept; or one that somebody thinks of making. */
  private Future<JsonObject> test(Asked asked) {
    if (asked.names()) {
      var rows = rows(asked);
      return find(rows, asked.id())
          .compose(Trackers::test)
          .compose(verdict -> rows.validated(asked.id(), verdict.toJson()).map(verdict.toJson()))
          .map(verdict -> JsonObject.of("status", 200, "body", verdict));
    }
    return Trackers.test(TrackerForm.whole(asked.body()))
        .map(verdict -> JsonObject.of("status", 200, "body", verdict.toJson()));
  }

  private TrackerRows rows(Asked asked) {
    return new TrackerRows(pool, asked.account());
  }

  private static Future<JsonObject> find(TrackerRows rows, UUID id) {
    return rows.find(id).map(found -> found.orElseThrow(Denied::notFound));
  }

  private static JsonObject found(JsonObject tracker) {
    return JsonObject.of("status", 200, "body", tracker)
        .put("etag", "\"" + tracker.getLong("version") + "\"");
  }

  private static JsonObject audit(String what, JsonObject before, JsonObject after) {
    var target = (after == null ? before : after).getString("id");
    return JsonObject.of("action", "tracker." + what, "target", target)
        .put("before", before)
        .put("after", after);
  }

  private static <T> Future<T> taken(Throwable why, String name) {
    var isTaken = why instanceof PgException database && "23505".equals(database.getSqlState());
    return Future.failedFuture(isTaken ? Denied.taken(name) : why);
  }

  private static Future<JsonObject> denied(Throwable why) {
    if (why instanceof Denied denied) {
      return Future.succeededFuture(denied.answer());
    }
    var isAway = why instanceof IOException
        || why instanceof VertxException
        || why instanceof TimeoutException
        || (why instanceof PgException database
            && String.valueOf(database.getSqlState()).matches("(08|25|40|53|55|57).*"));
    return isAway
        ? Future.succeededFuture(Denied.databaseAway().answer())
        : Future.failedFuture(why);
  }
}
