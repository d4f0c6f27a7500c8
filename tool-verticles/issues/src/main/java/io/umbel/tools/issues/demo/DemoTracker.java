package io.umbel.tools.issues.demo;

import io.umbel.contract.Caller;
import io.umbel.tools.issues.manage.TrackerDesk;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Scope;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.write.Commenting;
import io.umbel.tools.issues.write.Creation;
import io.umbel.tools.issues.write.Desk;
import io.umbel.tools.issues.write.Linking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local tracker with the issues of a small company that sells ferry tickets, some of them well
 * written and some not, for an account that never had any tracker.
 */
public final class DemoTracker {

  private static final Logger LOG = LoggerFactory.getLogger(DemoTracker.class);
  private static final String ISSUES = "io/umbel/tools/issues/demo/ferry.json";
  private static final String HAD_ANY = "SELECT 1 FROM trackers WHERE account = $1 LIMIT 1";
  private static final String AGE = """
      UPDATE issues SET changed = pg_current_xact_id(), created_at = now() - $3 * interval '1 day',
        updated_at = now() - $3 * interval '20 hours'
      WHERE account = $1 AND id = $2
      """;

  /** Nothing that is made here is the same as anything else. */
  private static final double NEVER = 2;

  private final Vertx vertx;
  private final Pool pool;
  private final TrackerDesk trackers;
  private final Desk desk;

  public DemoTracker(Vertx vertx, Pool pool, TrackerDesk trackers, Desk desk) {
    this.vertx = vertx;
    this.pool = pool;
    this.trackers = trackers;
    this.desk = desk;
  }

  /** Makes it, unless that account has, or had, a tracker. */
  public Future<Void> make(String account) {
    return pool.preparedQuery(HAD_ANY)
        .execute(Tuple.of(account))
        .compose(rows -> rows.size() > 0 ? Future.succeededFuture() : fill(account));
  }

  private Future<Void> fill(String account) {
    var caller = new Caller(account, "demo", null, null, Set.of());
    var scope = new Scope(account, null);
    return vertx
        .fileSystem()
        .readFile(ISSUES)
        .map(text -> text.toJsonObject())
        .compose(demo -> trackers
            .manage(
                caller,
                JsonObject.of("operation", "createTracker", "body", demo.getJsonObject("tracker")))
            .compose(made -> made.getInteger("status") == 201
                ? each(demo.getJsonArray("issues"), issue -> issue(scope, issue))
                    .compose(done -> each(demo.getJsonArray("links"), link -> link(scope, link)))
                : Future.succeededFuture()))
        .onSuccess(done -> LOG.info("Made a tracker to try things with"));
  }

  /** One after another: they are numbered in their order. */
  private static Future<Void> each(JsonArray all, Function<JsonObject, Future<?>> work) {
    var done = Future.<Void>succeededFuture();
    for (var one : all) {
      done = done.compose(before -> work.apply((JsonObject) one).mapEmpty());
    }
    return done;
  }

  private Future<?> issue(Scope scope, JsonObject issue) {
    var actor = new Actor(issue.getString("author"), null);
    var fields = new Fields(
        issue.getString("title"),
        issue.getString("description"),
        Status.asked(issue.getString("status")),
        issue.getString("priority"),
        issue.getJsonArray("labels").stream().map(String.class::cast).toList(),
        issue.getString("assignee"));
    var order = new Creation.Order(issue.getString("project"), fields, false, null);
    return new Creation(desk, NEVER)
        .create(scope, actor, order)
        .compose(made -> comments(scope, made.getString("key"), issue)
            .compose(done -> pool.preparedQuery(AGE)
                .execute(Tuple.of(
                    scope.account(),
                    UUID.fromString(made.getString("issue_id")),
                    issue.getDouble("age_days")))));
  }

  private Future<?> comments(Scope scope, String key, JsonObject issue) {
    return each(
        issue.getJsonArray("comments"),
        comment -> new Commenting(desk)
            .comment(
                scope,
                new Actor(comment.getString("author"), null),
                new Commenting.Order(key, comment.getString("body"), null, null, null)));
  }

  private Future<?> link(Scope scope, JsonObject link) {
    var order = new Linking.Order(
        link.getString("issue"),
        link.getString("related"),
        Relation.of(link.getString("relation")));
    return new Linking(desk).link(scope, new Actor("mira", null), order);
  }
}
