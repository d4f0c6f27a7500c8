package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What accounts have, made and changed over HTTP; each test has an account of its own. */
class RestTest {

  private static final String PROJECTS = "/api/v1/projects";
  private static final String AGENTS = "/api/v1/agents";
  private static final String GRANTS = "/api/v1/grants";
  private static final String KEYS = "/api/v1/api-keys";
  private static RestGateways gateways;
  private static int accounts;

  private RestClient ann;

  @BeforeAll
  static void start() {
    gateways = new RestGateways();
  }

  @AfterAll
  static void stop() {
    gateways.close();
  }

  @BeforeEach
  void anAccountOfItsOwn() {
    ann = gateways.admin("account-" + accounts++);
  }

  private static JsonObject project(String key) {
    return JsonObject.of("key", key, "name", "Project " + key);
  }

  private static JsonObject agent(String name) {
    return JsonObject.of("name", name, "type", "coder");
  }

  private String id(String path, JsonObject body) {
    var made = ann.post(path, body);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.id();
  }

  @Test
  void whatIsMadeIsFoundWhereTheAnswerSays() {
    var bindings = JsonObject.of(
        "trackers",
        JsonArray.of("github"),
        "git",
        JsonObject.of("url", "https://git.example/a.git"));
    var made = ann.post(PROJECTS, project("apollo").put("bindings", bindings));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.etag()).isEqualTo("\"1\"");
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    var found = ann.get(made.header("Location"));
    assertThat(found.json()).isEqualTo(made.json());
    assertThat(found.etag()).isEqualTo(made.etag());
    assertThat(found.json().getJsonObject("bindings")).isEqualTo(bindings);
    assertThat(found.json().fieldNames())
        .containsExactlyInAnyOrder(
            "id", "key", "name", "bindings", "version", "created_at", "updated_at");
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    var id = id(
        PROJECTS,
        project("apollo")
            .put(
                "bindings",
                JsonObject.of("workspace_root", "/w", "llm", JsonObject.of("budget", 5))));
    var patch = JsonObject.of(
        "name",
        "Other",
        "bindings",
        JsonObject.of("workspace_root", null, "kb", JsonObject.of("a", 1)));

    var changed = ann.patch(PROJECTS + "/" + id, "\"1\"", patch);

    assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
    assertThat(changed.etag()).isEqualTo("\"2\"");
    assertThat(changed.json().getString("key")).isEqualTo("apollo");
    assertThat(changed.json().getString("name")).isEqualTo("Other");
    assertThat(changed.json().getJsonObject("bindings"))
        .isEqualTo(JsonObject.of("llm", JsonObject.of("budget", 5), "kb", JsonObject.of("a", 1)));
  }

  @Test
  void ofTwoChangesWithTheSameTagOneWins() {
    var path = PROJECTS + "/" + id(PROJECTS, project("race"));
    var bob = gateways.client(gateways.c, ann.token());
    for (var round = 1; round <= 10; round++) {
      var tag = "\"" + round + "\"";
      var racing = new ArrayList<CompletableFuture<RestClient.Said>>();
      for (var client : List.of(ann, bob, ann, bob)) {
        racing.add(client.sendLater("PATCH", path, "{\"name\":\"n\"}", "If-Match", tag));
      }
      assertThat(racing)
          .extracting(said -> said.join().status())
          .containsExactlyInAnyOrder(200, 412, 412, 412);
    }
    assertThat(ann.get(path).etag()).isEqualTo("\"11\"");
  }

  @Test
  void pagesTellEveryThingOnceHoweverTheListChanges() {
    var made = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      made.add(id(AGENTS, agent("agent " + i)));
    }
    var first = ann.get(AGENTS + "?limit=2");
    assertThat(first.items()).hasSize(2);
    var gone = made.get(1);
    ann.delete(AGENTS + "/" + gone, "*");
    made.add(id(AGENTS, agent("late")));

    var seen = new ArrayList<String>();
    for (var page = first; page != null; page = next(AGENTS, page, 2)) {
      page.items().forEach(item -> seen.add(((JsonObject) item).getString("id")));
    }

    assertThat(seen).containsExactlyElementsOf(made);
  }

  private RestClient.Said next(String path, RestClient.Said page, int limit) {
    var cursor = page.json().getString("next_cursor");
    return cursor == null ? null : ann.get(path + "?limit=" + limit + "&cursor=" + cursor);
  }

  @Test
  void aCursorIsGoodForItsAccountListAndFilterOnly() {
    id(AGENTS, agent("a"));
    id(AGENTS, agent("b"));
    var cursor = "cursor=" + ann.get(AGENTS + "?limit=1").json().getString("next_cursor");
    var wrong = "is not of this list with this filter: begin without one";

    for (var said : List.of(
        ann.get(AGENTS + "?status=active&" + cursor),
        ann.get(PROJECTS + "?" + cursor),
        gateways.admin("another").get(AGENTS + "?" + cursor),
        ann.get(AGENTS + "?cursor=made-up"))) {
      assertThat(said.status()).isEqualTo(400);
      assertThat(said.json().getJsonArray("violations"))
          .containsExactly(JsonObject.of("parameter", "cursor", "message", wrong));
    }
    assertThat(ann.get(AGENTS + "?limit=3&" + cursor).items()).hasSize(1);
  }

  @Test
  void listsAreFiltered() {
    var a = id(AGENTS, agent("a"));
    var b = id(AGENTS, agent("b").put("status", "inactive"));
    var p = id(PROJECTS, project("p"));
    var grant = id(GRANTS, JsonObject.of("agent_id", a, "project_id", p, "role", "reader"));

    assertThat(ids(ann.get(AGENTS + "?status=inactive"))).containsExactly(b);
    assertThat(ids(ann.get(PROJECTS + "?key=p"))).containsExactly(p);
    assertThat(ids(ann.get(PROJECTS + "?key=q"))).isEmpty();
    assertThat(ids(ann.get(GRANTS + "?agent_id=" + a + "&project_id=" + p))).containsExactly(grant);
    assertThat(ids(ann.get(GRANTS + "?agent_id=" + b))).isEmpty();
  }

  private static List<String> ids(RestClient.Said page) {
    return page.items().stream()
        .map(item -> ((JsonObject) item).getString("id"))
        .toList();
  }

  @Test
  void anotherAccountSeesNothingThroughAnyRoute() {
    var agent = id(AGENTS, agent("a"));
    var project = id(PROJECTS, project("p"));
    var grant =
        id(GRANTS, JsonObject.of("agent_id", agent, "project_id", project, "role", "admin"));
    var key = id(KEYS, JsonObject.of("name", "k", "scopes", JsonArray.of(), "agent_id", agent));
    var bob = gateways.admin("bobs");

    for (var list : List.of(PROJECTS, AGENTS, GRANTS, KEYS)) {
      assertThat(bob.get(list).items()).isEmpty();
    }
    for (var path : List.of(
        PROJECTS + "/" + project, AGENTS + "/" + agent, GRANTS + "/" + grant, KEYS + "/" + key)) {
      var missing = path.substring(0, path.length() - 1) + "~";
      var words = missing(bob.get(missing), missing);
      assertThat(missing(bob.get(path), path)).isEqualTo(words);
      assertThat(missing(bob.patch(path, "*", patchOf(path)), path)).isEqualTo(words);
      assertThat(missing(bob.delete(path, "*"), path)).isEqualTo(words);
      assertThat(ann.get(path).etag()).isEqualTo("\"1\"");
    }
    var borrowed =
        bob.post(GRANTS, JsonObject.of("agent_id", agent, "project_id", project, "role", "admin"));
    assertThat(borrowed.json().getJsonArray("violations"))
        .containsExactly(
            JsonObject.of("pointer", "/agent_id", "message", "names nothing that this account has"),
            JsonObject.of(
                "pointer", "/project_id", "message", "names nothing that this account has"));
  }

  private static JsonObject patchOf(String path) {
    return path.startsWith(GRANTS)
        ? JsonObject.of("role", "reader")
        : JsonObject.of("name", "taken over");
  }

  private static String missing(RestClient.Said said, String path) {
    return said.problem().replace(path.substring(path.lastIndexOf('/') + 1), "ID");
  }

  @Test
  void whatIsInUseIsNotRemoved() {
    var agent = id(AGENTS, agent("a"));
    var project = id(PROJECTS, project("p"));
    var grant =
        id(GRANTS, JsonObject.of("agent_id", agent, "project_id", project, "role", "admin"));
    var key = id(KEYS, JsonObject.of("name", "k", "scopes", JsonArray.of(), "agent_id", agent));

    assertThat(ann.delete(PROJECTS + "/" + project, "*").problem())
        .isEqualTo("409 urn:umbel:problem:conflict This project is in use by 1 grants and 0 API"
            + " keys: remove those first.");
    assertThat(ann.delete(AGENTS + "/" + agent, "*").problem())
        .isEqualTo("409 urn:umbel:problem:conflict This agent (which status inactive stops at once)"
            + " is in use by 1 grants and 1 API keys: remove those first.");
    for (var path : List.of(
        GRANTS + "/" + grant, KEYS + "/" + key, AGENTS + "/" + agent, PROJECTS + "/" + project)) {
      assertThat(ann.delete(path, "\"1\"").status()).isEqualTo(204);
      assertThat(ann.get(path).status()).isEqualTo(404);
    }
  }

  @Test
  void keysOfProjectsAndPairsOfGrantsAreThereOnce() {
    var agent = id(AGENTS, agent("a"));
    var project = id(PROJECTS, project("p"));
    var other = id(PROJECTS, project("q"));
    var grant = JsonObject.of("agent_id", agent, "project_id", project, "role", "reader");
    var first = id(GRANTS, grant);

    assertThat(ann.post(PROJECTS, project("p")).problem())
        .isEqualTo("409 urn:umbel:problem:conflict The key p is that of project " + project
            + ": choose another.");
    assertThat(ann.patch(PROJECTS + "/" + other, "*", JsonObject.of("key", "p")).status())
        .isEqualTo(409);
    assertThat(ann.post(GRANTS, grant.copy().put("role", "admin")).problem())
        .isEqualTo("409 urn:umbel:problem:conflict This agent has grant " + first
            + " in this project already: change that one's role.");
    var raised = ann.patch(GRANTS + "/" + first, "\"1\"", JsonObject.of("role", "writer"));
    assertThat(raised.json().getString("role")).isEqualTo("writer");
    assertThat(gateways.admin("other").post(PROJECTS, project("p")).status()).isEqualTo(201);
  }
}
