package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.manage.Trial.Tried;
import io.umbel.tools.issues.remote.Remotes;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.util.UUID;

/**
 * Makes trackers, changes them, and says whether they can be used. A tracker on another server is
 * asked before anything is written, and never within a transaction.
 */
final class Setup {

  private static final int MOST = 100;
  private static final int TRIES = 3;
  private static final String PATH = "/api/v1/trackers/";

  private final Pool pool;
  private final Remotes remotes;
  private final Trial trial;

  Setup(Pool pool, Remotes remotes) {
    this.pool = pool;
    this.remotes = remotes;
    this.trial = new Trial(remotes.trackers());
  }

  Future<JsonObject> create(Asked asked) {
    var id = UUID.randomUUID();
    var wanted = TrackerForm.whole(remotes.trackers(), asked.body());
    return usable(wanted)
        .compose(allowed -> trial.of(wanted, wanted.secret(), new JsonArray()))
        .compose(tried -> pool.withTransaction(transaction -> {
          var rows = new TrackerRows(transaction, asked.account());
          return rows.all()
              .compose(all -> all.size() < MOST
                  ? rows.insert(id, tried.wanted(), sealed(asked, id, wanted))
                  : Future.failedFuture(Denied.tooMany(MOST)))
              .compose(done -> rows.validated(id, tried.verdict()))
              .compose(done -> TrackerDesk.find(rows, id));
        }))
        .map(made -> TrackerDesk.found(made)
            .put("status", 201)
            .put("location", PATH + id)
            .put("audit", TrackerDesk.audit("create", null, made)))
        .recover(why -> taken(why, wanted.tracker().getString("name")));
  }

  Future<JsonObject> update(Asked asked) {
    return update(asked, TRIES)
        .recover(why -> taken(why, String.valueOf(asked.body().getValue("name"))));
  }

  /** Tries one that somebody thinks of making. */
  Future<JsonObject> testNew(Asked asked) {
    var wanted = TrackerForm.whole(remotes.trackers(), asked.body());
    return usable(wanted)
        .compose(allowed -> trial.of(wanted, wanted.secret(), new JsonArray()))
        .map(tried -> answer(tried.verdict()));
  }

  /** Tries one there is, and keeps what came of it; also its projects where it has none yet. */
  Future<JsonObject> test(Asked asked) {
    var rows = new TrackerRows(pool, asked.account());
    return TrackerDesk.find(rows, asked.id())
        .map(tracker -> new Wanted(tracker, null, false))
        .compose(wanted -> tried(asked, wanted, new JsonArray())
            .recover(why -> why instanceof Denied denied
                ? Future.succeededFuture(
                    new Tried(wanted, new Verdict(false, denied.getMessage()), false))
                : Future.failedFuture(why)))
        .compose(tried -> kept(rows, asked.id(), tried));
  }

  private static Future<JsonObject> kept(TrackerRows rows, UUID id, Tried tried) {
    return rows.validated(id, tried.verdict())
        .compose(done -> tried.hasFound()
            ? rows.putProjects(id, tried.wanted().tracker())
            : Future.succeededFuture())
        .map(answer(tried.verdict()));
  }

  /** What was read may be another when it is written: then it is begun again. */
  private Future<JsonObject> update(Asked asked, int tries) {
    var rows = new TrackerRows(pool, asked.account());
    return TrackerDesk.find(rows, asked.id()).compose(before -> {
      asked.check(before.getLong("version"));
      var wanted = TrackerForm.change(remotes.trackers(), asked.body(), before);
      return triedAgain(asked, wanted, before.getJsonArray("projects"))
          .compose(tried -> pool.withTransaction(transaction ->
              written(new TrackerRows(transaction, asked.account()), asked, before, tried)))
          .recover(why -> why instanceof Denied denied && denied.isStale() && tries > 1
              ? update(asked, tries - 1)
              : Future.failedFuture(why));
    });
  }

  private Future<JsonObject> written(
      TrackerRows rows, Asked asked, JsonObject before, Tried tried) {
    return rows.lock(asked.id())
        .compose(locked -> TrackerDesk.find(rows, asked.id()))
        .compose(now -> now.getLong("version").equals(before.getLong("version"))
            ? rows.update(asked.id(), tried.wanted(), sealed(asked, asked.id(), tried.wanted()))
            : Future.failedFuture(Denied.stale(now.getLong("version"))))
        .compose(kept -> kept.isEmpty()
            ? Future.succeededFuture()
            : Future.failedFuture(Denied.projectInUse(kept.get())))
        .compose(done -> tried.verdict() == null
            ? Future.succeededFuture()
            : rows.validated(asked.id(), tried.verdict()))
        .compose(done -> TrackerDesk.find(rows, asked.id()))
        .map(after ->
            TrackerDesk.found(after).put("audit", TrackerDesk.audit("update", before, after)));
  }

  /** Only where it is reached in another way, or its projects are to be found. */
  private Future<Tried> triedAgain(Asked asked, Wanted wanted, JsonArray known) {
    var isRemote = remotes.trackers().remote(wanted.type()).isPresent();
    if (!isRemote || !(wanted.isReconnected() || wanted.isWithoutProjects())) {
      return Future.succeededFuture(new Tried(wanted, null, false));
    }
    return tried(asked, wanted, known);
  }

  private Future<Tried> tried(Asked asked, Wanted wanted, JsonArray known) {
    return usable(wanted)
        .compose(allowed -> secret(asked, wanted))
        .compose(secret -> trial.of(wanted, secret, known));
  }

  private Future<String> secret(Asked asked, Wanted wanted) {
    if (wanted.secret() != null) {
      return Future.succeededFuture(wanted.secret());
    }
    var name = wanted.tracker().getString("name");
    return new TrackerRows(pool, asked.account())
        .sealed(asked.id())
        .map(kept -> kept.map(
                text -> remotes.secrets().open(asked.account(), asked.id(), name, text))
            .orElse(""))
        .recover(why -> Future.failedFuture(
            why instanceof Refused
                ? Denied.invalid("/api_key", "is needed: " + why.getMessage())
                : why));
  }

  /** Whether what opens it can be kept here, and it is where trackers may be. */
  private Future<Void> usable(Wanted wanted) {
    return wanted.secret() != null && !remotes.secrets().canKeep()
        ? Future.failedFuture(Denied.noVaultKey())
        : trial.allowed(wanted);
  }

  private String sealed(Asked asked, UUID id, Wanted wanted) {
    return wanted.secret() == null
        ? null
        : remotes.secrets().seal(asked.account(), id, wanted.secret());
  }

  private static JsonObject answer(Verdict verdict) {
    return JsonObject.of("status", 200, "body", verdict.toJson());
  }

  private static <T> Future<T> taken(Throwable why, String name) {
    var isTaken = why instanceof PgException database && "23505".equals(database.getSqlState());
    return Future.failedFuture(isTaken ? Denied.taken(name) : why);
  }
}
