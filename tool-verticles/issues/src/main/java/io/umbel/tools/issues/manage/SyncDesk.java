package io.umbel.tools.issues.manage;

import io.umbel.tools.issues.sync.SyncBoard;
import io.umbel.tools.issues.webhook.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;

/** Answers what the REST API asks about syncs and webhooks of trackers. */
public final class SyncDesk {

  private static final JsonObject NEVER = JsonObject.of("state", "idle", "done", 0, "total", 0)
      .put("written", 0)
      .put("failed", 0)
      .put("failures", new JsonArray());

  private final Pool pool;
  private final SyncBoard board;
  private final Webhooks webhooks;
  private final Runnable look;

  /**
   * A desk over that pool.
   *
   * @param look has somebody look what is due
   */
  public SyncDesk(Pool pool, Webhooks webhooks, Runnable look) {
    this.pool = pool;
    this.board = new SyncBoard(pool);
    this.webhooks = webhooks;
    this.look = look;
  }

  /** One that is local is in sync whenever it is asked. */
  Future<JsonObject> ask(Asked asked) {
    return tracker(asked)
        .compose(there -> board.ask(asked.account(), asked.id()))
        .onSuccess(done -> look.run())
        .map(done -> JsonObject.of("status", 202, "body", JsonObject.of("status", "queued")));
  }

  Future<JsonObject> show(Asked asked) {
    return tracker(asked)
        .compose(there -> board.show(asked.account(), asked.id()))
        .map(found -> JsonObject.of("status", 200, "body", found.orElseGet(NEVER::copy)));
  }

  /** Its secret is told now and never again. */
  Future<JsonObject> openWebhook(Asked asked) {
    if (!webhooks.canKeep()) {
      throw Denied.conflict("This node has no key to keep secrets with: the operator can set one");
    }
    return tracker(asked)
        .compose(there -> webhooks.open(asked.account(), asked.id()))
        .map(secret -> JsonObject.of("path", "/api/v1/webhooks/" + asked.id())
            .put("webhook_secret", secret.orElseThrow(Denied::noWebhook)))
        .map(body ->
            JsonObject.of("status", 201, "body", body).put("audit", audit(asked, "open_webhook")));
  }

  Future<JsonObject> closeWebhook(Asked asked) {
    return tracker(asked)
        .compose(there -> webhooks.close(asked.account(), asked.id()))
        .map(had -> JsonObject.of("status", 200)
            .put("body", JsonObject.of("message", "The tracker has no webhook"))
            .put("audit", audit(asked, "close_webhook")));
  }

  /** Who knocks says no account: the tracker's row tells whose it is. */
  Future<JsonObject> take(Asked asked) {
    return webhooks
        .take(asked.json())
        .map(taken -> taken.orElseThrow(Denied::notFromTracker))
        .map(status -> JsonObject.of("status", 202, "body", JsonObject.of("status", status)));
  }

  private Future<JsonObject> tracker(Asked asked) {
    return TrackerDesk.find(new TrackerRows(pool, asked.account()), asked.id());
  }

  private static JsonObject audit(Asked asked, String what) {
    var target = asked.id().toString();
    return JsonObject.of("action", "tracker." + what, "target", target)
        .put("before", null)
        .put("after", JsonObject.of("id", target));
  }
}
