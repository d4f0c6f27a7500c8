package io.umbel.tools.issues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.storage.Vault;
import io.umbel.tools.issues.sync.SmallRemote;
import io.umbel.tools.issues.sync.SmallTracker;
import io.umbel.tools.issues.tracker.RemoteKind;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the REST API and an agent can do about the copy of a tracker. */
class SyncedFamilyTest extends IssuesFamily {

  private SmallTracker far;
  private String id;

  @Override
  void prepare() {
    new Vault(List.of(ElsewhereFamily.key("k1", 1))).installOn(node().vertx());
  }

  @Override
  IssuesTools tools() {
    far = new SmallTracker(node().vertx());
    far.knows("FAR");
    return new IssuesTools(Trackers.REMOTE.stream()
        .map(kind -> new RemoteKind(
            kind.type(), kind.form(), (to, web) -> new SmallRemote(node().vertx(), far.port())))
        .toList());
  }

  @BeforeEach
  void addTrackerElsewhere() {
    far.put("FAR", "One");
    var tracker = ElsewhereFamily.remote("jira", "Far", "FAR")
        .put("connection_details", JsonObject.of("api_version", 2))
        .put("projects", JsonArray.of(JsonObject.of("identifier", "FAR", "project_id", "prj_1")));
    id = created(ANN, tracker).getString("id");
    settled();
  }

  @Test
  void anIssueOfATrackerThatIsNewIsThereByItself() {
    assertThat(ok(ANN, "list_issues", asked("project", "FAR")).getJsonArray("issues"))
        .hasSize(1);
    assertThat(settled().getString("state")).isEqualTo("idle");
  }

  @Test
  void askingForASyncIsAnsweredAtOnce() {
    far.put("FAR", "Two");
    var answer = manage(ANN, "syncTracker", id, null);
    assertThat(answer)
        .isEqualTo(JsonObject.of("status", 202, "body", JsonObject.of("status", "queued")));
    assertThat(manage(ANN, "syncTracker", id, null)).isEqualTo(answer);
    assertThat(settled().getLong("written")).isEqualTo(1);
    for (var operation : List.of("syncTracker", "getTrackerSync", "createTrackerWebhook")) {
      assertThat(manage(EVE, operation, id, null).getInteger("status")).isEqualTo(404);
    }
  }

  @Test
  void aLocalTrackerIsAlwaysInSyncAndHasNoWebhook() {
    var local = created(ANN, tracker("Here", project("HERE", null))).getString("id");
    assertThat(manage(ANN, "syncTracker", local, null).getInteger("status")).isEqualTo(202);
    var state = manage(ANN, "getTrackerSync", local, null).getJsonObject("body");
    assertThat(state.getString("state")).isEqualTo("idle");
    var refused = manage(ANN, "createTrackerWebhook", local, null);
    assertThat(ElsewhereFamily.problem(refused, 409))
        .isEqualTo("A local tracker is kept here, so nobody has to tell of its changes");
  }

  @Test
  void anAgentHearsHowFarItIs() {
    for (int i = 0; i < 250; i++) {
      far.put("FAR", "Number " + i);
    }
    var answer = ok(ANN, "sync_tracker", asked("tracker", "far"));
    assertThat(answer.getString("state")).isEqualTo("idle");
    assertThat(answer.getLong("written")).isEqualTo(250);
    assertThat(answer.getJsonArray("failures")).isEmpty();
  }

  @Test
  void anAgentThatIsConfinedToAProjectHearsNothingOfOthers() {
    var confined = new Caller("acme", "ann", "prj_1", null, Set.of());
    assertThat(ok(confined, "sync_tracker", new JsonObject()).containsKey("failures"))
        .isFalse();
    var other = new Caller("acme", "ann", "prj_2", null, Set.of());
    assertThat(message(other, ErrorCode.INVALID_ARGUMENT, "sync_tracker", asked("tracker", "Far")))
        .isEqualTo("You see no tracker with a project");
    assertThat(message(ANN, ErrorCode.INVALID_ARGUMENT, "sync_tracker", new JsonObject()))
        .isEqualTo("Say which tracker: one of Far, Team");
  }

  @Test
  void aDeliveryIsTakenForTheTrackersAccountWhoeverBringsIt() {
    var made = manage(ANN, "createTrackerWebhook", id, null);
    assertThat(made.getInteger("status")).isEqualTo(201);
    var webhook = made.getJsonObject("body");
    assertThat(webhook.getString("path")).isEqualTo("/api/v1/webhooks/" + id);
    assertThat(made.getJsonObject("audit").encode())
        .doesNotContain(webhook.getString("webhook_secret"));
    var body = "{\"issue\":{\"id\":\"1\",\"key\":\"FAR-1\"}}".getBytes(UTF_8);
    var request = JsonObject.of("operation", "receiveWebhook", "id", id)
        .put("body", body)
        .put("secret", webhook.getString("webhook_secret"));
    var nobody = new Caller("-", "webhook", null, null, Set.of());
    assertThat(manage(nobody, request))
        .isEqualTo(JsonObject.of("status", 202, "body", JsonObject.of("status", "queued")));
    var wrong = manage(nobody, request.copy().put("secret", "no"));
    assertThat(wrong)
        .isEqualTo(manage(nobody, request.copy().put("id", UUID.randomUUID().toString())));
    assertThat(ElsewhereFamily.problem(wrong, 401))
        .isEqualTo("Nothing here takes this delivery: look at its URL and at the secret that it is"
            + " sent with");
    assertThat(manage(ANN, "deleteTrackerWebhook", id, null).getInteger("status"))
        .isEqualTo(200);
    assertThat(manage(nobody, request)).isEqualTo(wrong);
  }

  private JsonObject settled() {
    var now = manage(ANN, "getTrackerSync", id, null).getJsonObject("body");
    while (Set.of("queued", "running").contains(now.getString("state"))
        || now.getString("synced_at") == null) {
      assertThat(now.getString("error")).isNull();
      node().vertx().timer(50, TimeUnit.MILLISECONDS).await();
      now = manage(ANN, "getTrackerSync", id, null).getJsonObject("body");
    }
    return now;
  }
}
