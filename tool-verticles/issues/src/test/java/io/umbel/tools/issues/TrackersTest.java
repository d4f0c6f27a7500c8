package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the REST API can do with trackers, and what that does to the tools. */
class TrackersTest extends IssuesFamily {

  private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

  @Test
  void withoutAnyTrackerThereIsNoTool() {
    assertThat(tools(EVE)).isEmpty();
    assertThat(call(EVE, "get_issue", asked("issue", "WEB-1")))
        .isEqualTo(new Outcome.ProtocolError(-32602, "Unknown tool: get_issue", null));
    var tracker = created(EVE, tracker("Eve's", project("EVE", null)));
    assertThat(tools(EVE))
        .containsExactlyElementsOf(new IssuesTools()
            .possibleTools().stream()
                .filter(name -> !name.contains("pull_request") && !name.equals("update_comment"))
                .toList());
    assertThat(ok(EVE, "list_issues", new JsonObject()).getJsonArray("issues")).isEmpty();
    manage(EVE, "deleteTracker", tracker.getString("id"), null);
    assertThat(tools(EVE)).isEmpty();
    assertThat(call(EVE, "list_issues", new JsonObject()))
        .isInstanceOf(Outcome.ProtocolError.class);
    assertThat(tools(ANN)).isNotEmpty();
  }

  @Test
  void theFirstTrackerIsToldSoThatListsAreReadAgain() throws InterruptedException {
    var heard = new LinkedBlockingQueue<JsonObject>();
    node()
        .vertx()
        .eventBus()
        .<Buffer>consumer(Bus.CHANGED, message -> heard.add(message.body().toJsonObject()));
    created(EVE, tracker("Eve's"));
    assertThat(heard.poll(10, TimeUnit.SECONDS))
        .isEqualTo(JsonObject.of("kind", "provision", "provider", "issues", "account", "other"));
  }

  @Test
  void isMadeReadChangedAndDeleted() {
    var made = manage(ANN, "createTracker", null, tracker("  Second ", project("API", "prj_1")));
    assertThat(made.getString("etag")).isEqualTo("\"1\"");
    var tracker = made.getJsonObject("body");
    var id = tracker.getString("id");
    assertThat(made.getString("location")).isEqualTo("/api/v1/trackers/" + id);
    assertThat(made.getJsonObject("audit").getString("action")).isEqualTo("tracker.create");
    assertThat(tracker.getString("name")).isEqualTo("Second");
    assertThat(tracker.getBoolean("is_valid")).isTrue();
    assertThat(tracker.getJsonArray("projects").getJsonObject(0).getString("project_id"))
        .isEqualTo("prj_1");
    assertThat(manage(ANN, "getTracker", id, null).getJsonObject("body")).isEqualTo(tracker);
    assertThat(manage(ANN, "listTrackers", null, null).getJsonArray("body").stream())
        .extracting(each -> ((JsonObject) each).getString("name"))
        .containsExactly("Second", "Team");

    var changed = manage(ANN, "updateTracker", id, asked("name", "Third"));
    assertThat(changed.getString("etag")).isEqualTo("\"2\"");
    assertThat(changed.getJsonObject("body").getJsonArray("projects"))
        .isEqualTo(tracker.getJsonArray("projects"));
    var audit = changed.getJsonObject("audit");
    assertThat(audit.getJsonObject("before").getString("name")).isEqualTo("Second");
    assertThat(audit.getJsonObject("after").getString("name")).isEqualTo("Third");
    var stale = manage(
        ANN,
        JsonObject.of("operation", "updateTracker", "id", id, "ifMatch", "\"1\"")
            .put("body", asked("name", "Fourth")));
    assertThat(problem(stale, 412))
        .isEqualTo("The tracker is not as you read it any more: it is of version 2; read it, then"
            + " repeat the change if you still want it");
    problem(manage(ANN, "updateTracker", id, JsonObject.of("name", "x", "version", 1)), 412);

    assertThat(manage(ANN, "deleteTracker", id, null).getJsonObject("body").getString("message"))
        .isEqualTo("Tracker deleted successfully");
    assertThat(problem(manage(ANN, "getTracker", id, null), 404))
        .isEqualTo("Tracker not found or access denied");
    created(ANN, tracker("Third"));
  }

  @Test
  void whoseItIsNotFindsNothing() {
    var id = created(ANN, tracker("Second")).getString("id");
    for (var unknown : new String[] {id, NOBODYS, "x"}) {
      for (var operation :
          new String[] {"getTracker", "updateTracker", "deleteTracker", "testTracker"}) {
        assertThat(problem(manage(EVE, operation, unknown, asked("name", "x")), 404))
            .isEqualTo("Tracker not found or access denied");
      }
    }
    assertThat(manage(EVE, "listTrackers", null, null).getJsonArray("body")).isEmpty();
  }

  @Test
  void aNameIsTakenOnceInAnAccount() {
    assertThat(problem(manage(ANN, "createTracker", null, tracker("Team")), 409))
        .isEqualTo("This account has a tracker called \"Team\" already: choose another name");
    created(EVE, tracker("Team"));
    var id = created(ANN, tracker("Other")).getString("id");
    problem(manage(ANN, "updateTracker", id, asked("name", "Team")), 409);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    var body = JsonObject.of("name", " ", "tracker_type", "trello", "secret", "x")
        .put("is_active", "yes")
        .put("scope_rules", JsonArray.of(JsonObject.of("scope_type", "X", "rule_type", "INCLUDE")))
        .put(
            "projects",
            JsonArray.of(project("web", null), project("A", "no spaces"), project("A", null), "B"));
    var answer = manage(ANN, "createTracker", null, body);
    assertThat(problem(answer, 400)).endsWith("(and 9 more: see violations)");
    assertThat(answer.getJsonObject("body").getJsonArray("errors").stream())
        .extracting(error -> ((JsonObject) error).getString("pointer"))
        .containsExactly(
            "/secret",
            "/name",
            "/tracker_type",
            "/is_active",
            "/scope_rules/0/scope_type",
            "/scope_rules/0/identifier",
            "/projects/0/identifier",
            "/projects/1/project_id",
            "/projects/3",
            "/projects");
    assertThat(problem(manage(ANN, "createTracker", null, asked("tracker_type", "local")), 400))
        .isEqualTo("name has to be a text of 1 to 200 characters");
    problem(manage(ANN, "createTracker", null, asked("projects", "x")), 400);
    problem(manage(ANN, "paintTracker", null, new JsonObject()), 404);
  }

  @Test
  void aProjectWithIssuesStays() {
    var id =
        created(ANN, tracker("Second", project("A", null), project("B", null))).getString("id");
    ok(ANN, "create_issue", issueOf("One").put("project", "B"));
    var without = asked("projects", JsonArray.of(project("A", null)));
    assertThat(problem(manage(ANN, "updateTracker", id, without), 409))
        .isEqualTo("Project B has issues, so it stays: leave it out by a scope rule, or remove the"
            + " tracker");
    var other = asked("projects", JsonArray.of(project("B", "prj_2"), project("C", null)));
    assertThat(
            manage(ANN, "updateTracker", id, other)
                .getJsonObject("body")
                .getJsonArray("projects")
                .stream())
        .extracting(each -> ((JsonObject) each).getString("identifier"))
        .containsExactly("B", "C");
    assertThat(ok(ANN, "get_issue", asked("issue", "B-1")).getString("project_id"))
        .isEqualTo("prj_2");
  }

  @Test
  void anInactiveTrackersIssuesAreThereForNobodyUntilItIsActiveAgain() {
    created(ANN, tracker("Second"));
    var team = teamId();
    issue(ANN, JsonObject.of("project", "WEB"));
    manage(ANN, "updateTracker", team, asked("is_active", false));
    no(ANN, NOT_FOUND, "get_issue", asked("issue", "WEB-1"));
    manage(ANN, "updateTracker", team, asked("is_active", true));
    assertThat(ok(ANN, "get_issue", asked("issue", "WEB-1")).getString("key")).isEqualTo("WEB-1");
    var forGood = JsonObject.of("operation", "deleteTracker", "id", team)
        .put("query", asked("hard_delete", "true"));
    assertThat(manage(ANN, forGood).getInteger("status")).isEqualTo(200);
    no(ANN, NOT_FOUND, "get_issue", asked("issue", "WEB-1"));
  }

  @Test
  void isTriedBeforeItIsMadeAndAfter() {
    var verdict =
        JsonObject.of("is_valid", true).put("message", "A local tracker needs no other server");
    assertThat(manage(ANN, "testNewTracker", null, tracker("New")).getJsonObject("body"))
        .isEqualTo(verdict);
    assertThat(manage(ANN, "testTracker", teamId(), null).getJsonObject("body")).isEqualTo(verdict);
    assertThat(manage(ANN, "listTrackers", null, null).getJsonArray("body")).hasSize(1);
  }

  @Test
  void tellsOthersWhatChangedSinceTheyLastAsked() {
    var nobody = manage(EVE, JsonObject.of("operation", "listIssueChanges"));
    assertThat(nobody.getJsonObject("body").getJsonArray("items")).isEmpty();
    issue(ANN, "One");
    issue(ANN, "Two");
    var all = changes(new JsonObject(), 2);
    assertThat(all.getBoolean("more")).isFalse();
    var after = asked("after", all.getString("after"));
    ok(ANN, "add_comment", JsonObject.of("target", "WEB-1", "comment", "Hm"));
    var more = changes(after, 1).getJsonArray("items").getJsonObject(0);
    assertThat(more.getString("key")).isEqualTo("WEB-1");
    assertThat(more.getString("description")).isEqualTo("What One means");
    assertThat(more.getJsonArray("comments").getJsonObject(0).getString("body")).isEqualTo("Hm");
    problem(
        manage(ANN, JsonObject.of("operation", "listIssueChanges", "query", asked("after", "x"))),
        400);
  }

  /** As soon as no older transaction runs any more they are all told. */
  private JsonObject changes(JsonObject query, int expected) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      var body = manage(ANN, JsonObject.of("operation", "listIssueChanges", "query", query))
          .getJsonObject("body");
      if (body.getJsonArray("items").size() == expected) {
        return body;
      }
      assertThat(System.nanoTime()).as("%s", body).isLessThan(deadline);
    }
  }

  private String teamId() {
    return manage(ANN, "listTrackers", null, null).getJsonArray("body").stream()
        .map(JsonObject.class::cast)
        .filter(tracker -> tracker.getString("name").equals("Team"))
        .map(tracker -> tracker.getString("id"))
        .findFirst()
        .orElseThrow();
  }

  private void issue(Caller caller, JsonObject more) {
    ok(caller, "create_issue", issueOf("One").mergeIn(more));
  }

  private List<String> tools(Caller caller) {
    var outcome = (Outcome.Result) gateway().provide(announcement(), caller).await();
    return Provided.fromBuffer(outcome.json()).offers().tools().stream()
        .map(OfferedTool::name)
        .toList();
  }

  private static String problem(JsonObject answer, int status) {
    assertThat(answer.getInteger("status")).as("%s", answer).isEqualTo(status);
    assertThat(answer.containsKey("audit")).isFalse();
    return answer.getJsonObject("body").getString("detail");
  }
}
