package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.NOT_CONFIGURED;
import static io.umbel.contract.ErrorCode.UPSTREAM_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.storage.TestDatabase;
import io.umbel.storage.Vault;
import io.umbel.tools.issues.tracker.Remote.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trackers on other servers: how they are set up, and who ever sees what opens them. */
class TrackersElsewhereTest extends ElsewhereFamily {

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    var body = JsonObject.of("name", "Code", "tracker_type", "github", "url", "ftp://x")
        .put("auth_type", "password")
        .put("api_key", "two words")
        .put("connection_details", JsonObject.of("colour", "red", "installation_id", "x"))
        .put("projects", JsonArray.of(JsonObject.of("identifier", "WEB")));
    assertThat(pointers(manage(ANN, "createTracker", null, body)))
        .containsExactly(
            "/url",
            "/auth_type",
            "/connection_details/colour",
            "/connection_details/installation_id",
            "/api_key",
            "/projects/0/identifier");
    assertThat(problem(manage(ANN, "createTracker", null, remote("jira", "J").putNull("url")), 400))
        .isEqualTo("url is missing: a tracker of the kind jira needs one");
    assertThat(problem(
            manage(ANN, "createTracker", null, remote("github", "G").putNull("api_key")), 400))
        .isEqualTo("api_key is missing: a tracker on another server needs one");
    assertThat(problem(
            manage(ANN, "createTracker", null, remote("github", "G").put("api_key", "***")), 400))
        .isEqualTo("api_key is missing: a tracker on another server needs one");
    assertThat(pointers(manage(
            ANN, "createTracker", null, remote("github", "G").put("auth_type", "github_app"))))
        .containsExactly("/connection_details/app_id", "/connection_details/installation_id");
    assertThat(problem(
            manage(ANN, "createTracker", null, remote("jira", "J").put("auth_type", "github_app")),
            400))
        .isEqualTo("auth_type has to be api_token");
    assertThat(problem(manage(ANN, "createTracker", null, tracker("L").put("url", URL)), 400))
        .startsWith("url is not known");
    assertThat(
            problem(manage(ANN, "createTracker", null, remote("github", "G", "a/b", "A/B")), 400))
        .isEqualTo("projects has A/B twice");
    assertThat(there.connections).isEmpty();
  }

  @Test
  void noServerThatIsPrivateIsEverAsked() {
    var body = remote("github", "G", "acme/web").put("url", "http://10.0.0.7/api");
    for (var operation : new String[] {"createTracker", "testNewTracker"}) {
      assertThat(problem(manage(ANN, operation, null, body), 400))
          .isEqualTo("url cannot be used: Umbel does not connect to 10.0.0.7: it is not on the"
              + " public internet, and the operator does not allow it");
    }
    assertThat(there.connections).isEmpty();
    created(ANN, body.put("url", "http://127.0.0.1:1/api"));
  }

  @Test
  void whatOpensItIsNeverTold() {
    there.key = "s3cret-Key";
    var made = manage(
        ANN, "createTracker", null, remote("github", "Code", "acme/web").put("api_key", there.key));
    var id = made.getJsonObject("body").getString("id");
    assertThat(made.getJsonObject("body").getString("api_key")).isEqualTo("***");
    assertThat(made.getJsonObject("body").getBoolean("is_valid")).isTrue();
    var told = new ArrayList<JsonObject>(List.of(made));
    told.add(manage(ANN, "getTracker", id, null));
    told.add(manage(ANN, "listTrackers", null, null));
    told.add(manage(ANN, "testTracker", id, null));
    told.add(manage(ANN, "updateTracker", id, JsonObject.of("name", "x", "api_key", "s3cret-2")));
    told.add(manage(ANN, "updateTracker", id, JsonObject.of("api_key", "s3cret two")));
    var kept = "SELECT row_to_json(t)::text FROM issues.trackers t";
    assertThat(rows(kept).toString()).doesNotContain("s3cret").contains("k1.");
    told.add(manage(ANN, "deleteTracker", id, null));
    assertThat(rows(kept).toString()).doesNotContain("s3cret", "k1.");
    assertThat(told.toString()).doesNotContain("s3cret");
    assertThat(there.connections.toString()).doesNotContain("s3cret");
  }

  @Test
  void starsKeepWhatOpensItAndAnotherServerNeedsItAgain() {
    var id = created(ANN, remote("github", "Code", "acme/web")).getString("id");
    var shown = manage(ANN, "getTracker", id, null).getJsonObject("body");
    var same = JsonObject.of("name", "Code 2", "api_key", shown.getString("api_key"))
        .put("url", URL + "/v3/");
    var after = manage(ANN, "updateTracker", id, same).getJsonObject("body");
    assertThat(after.getString("url")).isEqualTo(URL + "/v3");
    assertThat(after.getBoolean("is_valid")).isTrue();
    var elsewhere = JsonObject.of("url", "https://8.8.4.4/api", "api_key", "***");
    assertThat(problem(manage(ANN, "updateTracker", id, elsewhere), 400))
        .isEqualTo("api_key is needed again: the one that is kept is for another server, or another"
            + " kind of key");
    problem(manage(ANN, "updateTracker", id, JsonObject.of("url", "https://8.8.8.8:444/api")), 400);
    problem(manage(ANN, "updateTracker", id, JsonObject.of("url", "http://8.8.8.8/api")), 400);
    var again = manage(ANN, "updateTracker", id, elsewhere.put("api_key", "wrong"));
    assertThat(again.getJsonObject("body").getBoolean("is_valid")).isFalse();
    assertThat(again.getJsonObject("body").getString("validation_message"))
        .isEqualTo("The key does not fit");
    assertThat(last().secret()).isEqualTo("wrong");
  }

  @Test
  void findsTheProjectsThatNobodyNamedWithinTheRules() {
    there.places = List.of(
        new Place("acme/old", "old", "acme"),
        new Place("acme/web", "web", "acme"),
        new Place("home/dots", "dots", "home"));
    var rule = JsonObject.of("scope_type", "PROJECT", "rule_type", "EXCLUDE")
        .put("identifier", "acme/old");
    var made = created(ANN, remote("github", "Code").put("scope_rules", JsonArray.of(rule)));
    assertThat(made.getJsonArray("projects").stream())
        .extracting(each -> ((JsonObject) each).getString("identifier") + " "
            + ((JsonObject) each).getBoolean("in_scope"))
        .containsExactly("acme/old false", "acme/web true", "home/dots true");
    var bound = new JsonArray().add(JsonObject.of("identifier", "acme/web", "project_id", "prj_1"));
    manage(ANN, "updateTracker", made.getString("id"), asked("projects", bound));
    var found = manage(ANN, "updateTracker", made.getString("id"), asked("projects", List.of()));
    assertThat(found.getJsonObject("body").getJsonArray("projects").stream())
        .extracting(each -> ((JsonObject) each).getString("project_id"))
        .containsExactly(null, "prj_1", null);
  }

  @Test
  void isTriedForRealAndFindsItsProjectsWhenItCanBeUsed() {
    there.places = List.of(new Place("acme/web", null, "acme"));
    there.key = "other";
    var made = created(ANN, remote("github", "Code"));
    assertThat(made.getBoolean("is_valid")).isFalse();
    assertThat(made.getString("validation_message")).isEqualTo("The key does not fit");
    assertThat(made.getJsonArray("projects")).isEmpty();
    var test = manage(ANN, "testTracker", made.getString("id"), null).getJsonObject("body");
    assertThat(test.getBoolean("is_valid")).isFalse();
    there.key = "right";
    test = manage(ANN, "testTracker", made.getString("id"), null).getJsonObject("body");
    assertThat(test).isEqualTo(JsonObject.of("is_valid", true, "message", "It is there"));
    var now = manage(ANN, "getTracker", made.getString("id"), null).getJsonObject("body");
    assertThat(now.getBoolean("is_valid")).isTrue();
    assertThat(now.getJsonArray("projects").getJsonObject(0).getString("name"))
        .isEqualTo("acme/web");
    assertThat(manage(ANN, "testNewTracker", null, remote("github", "New").put("api_key", "no"))
            .getJsonObject("body")
            .getBoolean("is_valid"))
        .isFalse();
  }

  @Test
  void aServerThatTakesTheKeyNoLongerMakesTheTrackerInvalidUntilItIsTriedAgain() {
    var server = node()
        .vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().setStatusCode(401).end("{}"))
        .listen(0, "127.0.0.1")
        .await();
    var url = "http://127.0.0.1:" + server.actualPort();
    var id = created(ANN, remote("github", "Code", "acme/web").put("url", url)).getString("id");
    var text =
        message(ANN, UPSTREAM_ERROR, "get_pull_request", asked("pull_request", "acme/web#401"));
    assertThat(text).contains("does not take the credentials that are kept for it (HTTP 401)");
    awaitValid(id, false);
    manage(ANN, "testTracker", id, null);
    awaitValid(id, true);
  }

  @Test
  void toolsForPullRequestsAreThereWhereATrackerHasAny() {
    assertThat(tools(ANN)).contains("get_issue").doesNotContain("get_pull_request");
    created(ANN, remote("jira", "Jira", "PROJ"));
    assertThat(tools(ANN)).doesNotContain("get_pull_request", "update_comment");
    assertThat(call(ANN, "get_pull_request", asked("pull_request", "acme/web#1")))
        .isEqualTo(new Outcome.ProtocolError(-32602, "Unknown tool: get_pull_request", null));
    var id = created(ANN, remote("github", "Code", "acme/web")).getString("id");
    assertThat(tools(ANN)).containsExactlyElementsOf(new IssuesTools().possibleTools());
    assertThat(tools(EVE)).isEmpty();
    manage(ANN, "updateTracker", id, asked("is_active", false));
    assertThat(tools(ANN)).contains("get_issue").doesNotContain("update_pull_request");
  }

  @Test
  void otherKeysReadWhatTheOldOnesKeptAndWithoutThemItIsSaid() {
    var id = created(ANN, remote("github", "Code", "acme/web")).getString("id");
    new Vault(List.of(key("k2", 2), key("k1", 1))).installOn(node().vertx());
    node().deploy(tools(), configuration());
    assertThat(rows("SELECT split_part(secret, '.', 1) FROM issues.trackers WHERE secret <> ''"))
        .containsExactly("k2");
    TestDatabase.execute(database(), "UPDATE issues.trackers SET secret = 'k9.AAAA' || secret");
    var verdict = manage(ANN, "testTracker", id, null).getJsonObject("body");
    assertThat(verdict.getBoolean("is_valid")).isFalse();
    assertThat(verdict.getString("message"))
        .isEqualTo("api_key is needed: The credentials of tracker Code were kept with the key"
            + " \"k9\", which this node does not have: give them again");
    assertThat(
            message(ANN, NOT_CONFIGURED, "create_issue", issueOf("One").put("project", "acme/web")))
        .startsWith("The credentials of tracker Code were kept with the key \"k9\"");
    manage(ANN, "updateTracker", id, asked("api_key", "right"));
    assertThat(
            ok(ANN, "create_issue", issueOf("One").put("project", "acme/web")).getString("key"))
        .isEqualTo("acme/web#7");
  }

  @Test
  void anotherAccountsSecretIsGoodForNobodyElse() {
    created(ANN, remote("github", "Code", "acme/web"));
    var eves = created(EVE, remote("github", "Code", "acme/web")).getString("id");
    TestDatabase.execute(
        database(),
        "UPDATE issues.trackers SET secret = (SELECT secret FROM issues.trackers WHERE account ="
            + " 'acme' AND secret IS NOT NULL) WHERE account = 'other'");
    assertThat(manage(EVE, "testTracker", eves, null).getJsonObject("body").getString("message"))
        .endsWith("are not as they were kept: give them again");
  }

  private void awaitValid(String id, boolean expected) {
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (manage(ANN, "getTracker", id, null).getJsonObject("body").getBoolean("is_valid")
        != expected) {
      assertThat(System.nanoTime()).as("is_valid becomes %s", expected).isLessThan(deadline);
    }
  }

  private io.umbel.tools.issues.tracker.Connection last() {
    return there.connections.get(there.connections.size() - 1);
  }

  private List<String> rows(String query) {
    var all = new ArrayList<String>();
    TestDatabase.query(database(), query, all::add);
    return all;
  }

  private List<String> tools(Caller caller) {
    var outcome = (Outcome.Result) gateway().provide(announcement(), caller).await();
    return Provided.fromBuffer(outcome.json()).offers().tools().stream()
        .map(OfferedTool::name)
        .toList();
  }

  private static List<String> pointers(JsonObject answer) {
    problem(answer, 400);
    return answer.getJsonObject("body").getJsonArray("errors").stream()
        .map(error -> ((JsonObject) error).getString("pointer"))
        .toList();
  }
}
