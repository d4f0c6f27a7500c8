package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is refused, and in which words. */
class RestRefusalsTest {

  private static final String PROJECTS = "/api/v1/projects";
  private static final String TYPE = " urn:umbel:problem:";
  private static RestGateways gateways;
  private static RestClient ann;

  @BeforeAll
  static void start() {
    gateways = new RestGateways();
    ann = gateways.admin("acme");
  }

  @AfterAll
  static void stop() {
    gateways.close();
  }

  private static RestClient.Said post(String body, String... headers) {
    return ann.send("POST", PROJECTS, body, headers);
  }

  private static RestClient with(String scope, JsonObject claims) {
    return gateways.client(gateways.a, RestGateways.token("acme", "bob", scope, claims));
  }

  @Test
  void whoeverHasNoTokenIsChallenged() {
    var said = gateways.client(gateways.a, null).get(PROJECTS);
    assertThat(said.problem())
        .isEqualTo("401" + TYPE + "unauthenticated Unauthorized: send a valid bearer token.");
    assertThat(said.header("WWW-Authenticate")).startsWith("Bearer resource_metadata=\"");
    assertThat(said.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(said.json().getString("correlation_id")).isEqualTo(said.header("X-Correlation-Id"));
    assertThat(said.json().getString("title")).isEqualTo("Unauthenticated");
  }

  @Test
  void eachOperationNeedsItsScope() {
    var viewer = with("view_projects", new JsonObject());
    assertThat(viewer.get(PROJECTS).status()).isEqualTo(200);
    var said = viewer.post(PROJECTS, JsonObject.of("key", "a", "name", "a"));
    assertThat(said.problem())
        .isEqualTo("403" + TYPE + "forbidden Insufficient scope: this needs manage_projects.");
    assertThat(said.header("WWW-Authenticate"))
        .contains("error=\"insufficient_scope\"", "scope=\"manage_projects\"");
    assertThat(viewer.get("/api/v1/agents").status()).isEqualTo(403);
    assertThat(with("manage_agents", new JsonObject()).get("/api/v1/agents").status())
        .isEqualTo(200);
  }

  @Test
  void aConfinedTokenIsRefusedWhateverItsScopes() {
    for (var claims : List.of(
        JsonObject.of("agent_id", "x"),
        JsonObject.of("project_ids", JsonArray.of("p", "q")),
        JsonObject.of("allowed_mcp_tools", JsonArray.of("who")))) {
      assertThat(with("admin", claims).get(PROJECTS).problem())
          .isEqualTo("403" + TYPE + "confined-token This token is confined to an agent, to projects"
              + " or to tools, and so may not see or change what the account has: use one that is"
              + " not.");
    }
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    var body = JsonObject.of("key", "not a key", "color", "red")
        .put("bindings", JsonObject.of("git", JsonObject.of("url", "https://me:pw@git.example")));
    var said = ann.send("POST", PROJECTS + "?shape=round", body.encode());
    assertThat(said.problem())
        .isEqualTo("400" + TYPE + "invalid-request 5 things are wrong with this request: correct"
            + " what is named in violations.");
    var violations = said.json().getJsonArray("violations");
    assertThat(violations.getJsonObject(0))
        .isEqualTo(JsonObject.of(
            "parameter", "shape", "message", "is not a parameter of this; there are: none"));
    assertThat(violations.stream().skip(1).map(each -> ((JsonObject) each).getString("pointer")))
        .containsExactlyInAnyOrder("/key", "/name", "/color", "/bindings/git/url");
  }

  @Test
  void parametersAreNeverMendedSilently() {
    for (var query : List.of("limit=0", "limit=201", "limit=ten", "limit=1&limit=2", "key=")) {
      var said = ann.get(PROJECTS + "?" + query);
      assertThat(said.status()).as(query).isEqualTo(400);
      assertThat(said.json().getString("detail"))
          .isEqualTo("One thing is wrong with this request: correct what is named in violations.");
    }
  }

  @Test
  void bodiesThatAreNoJsonObject() {
    assertThat(post("{\"key\":").problem())
        .isEqualTo("400" + TYPE
            + "invalid-json The body is not a JSON object (line 1, column 8): send one.");
    assertThat(post("[]").problem())
        .isEqualTo("400" + TYPE
            + "invalid-json The body is not a JSON object (it is something else): send one.");
    assertThat(post("").problem())
        .isEqualTo(
            "400" + TYPE + "invalid-json The body is not a JSON object (it is empty): send one.");
    assertThat(post("{}", "Content-Type", "text/plain").problem())
        .isEqualTo("415" + TYPE + "unsupported-media-type Send the body as application/json.");
    assertThat(post("{\"name\":\"" + "x".repeat(70_000) + "\"}").problem())
        .isEqualTo("413" + TYPE + "too-large The body is larger than 65536 bytes.");
    assertThat(post("{\"key\":\"nul\",\"name\":\"n\",\"bindings\":{\"kb\":{\"a\":\"\\u0000\"}}}")
            .problem())
        .isEqualTo("400" + TYPE + "invalid-request A value in this request cannot be stored: leave"
            + " out control characters.");
    var large = new JsonObject();
    for (var i = 0; i < 10; i++) {
      large.put("k" + i, "x".repeat(1_000));
    }
    var tooMuch = JsonObject.of("key", "k", "name", "n", "bindings", JsonObject.of("kb", large));
    assertThat(ann.post(PROJECTS, tooMuch).json().getJsonArray("violations"))
        .containsExactly(
            JsonObject.of("pointer", "/bindings", "message", "is larger than 8192 bytes"));
  }

  @Test
  void nothingIsChangedUnseen() {
    var path = PROJECTS + "/"
        + ann.post(PROJECTS, JsonObject.of("key", "etag", "name", "n")).id();
    for (var method : List.of("PATCH", "DELETE")) {
      assertThat(ann.send(method, path, "{\"name\":\"m\"}").problem())
          .isEqualTo("428" + TYPE + "precondition-required Say which version you change: send"
              + " If-Match with the ETag that GET answers.");
    }
    for (var tag : List.of("\"7\"", "W/\"1\"", "1")) {
      assertThat(ann.patch(path, tag, JsonObject.of("name", "m")).problem())
          .isEqualTo("412" + TYPE + "changed-meanwhile It is not as you read it any more: GET "
              + path + ", then repeat the change with If-Match: \"1\" if you still want it.");
    }
    assertThat(ann.patch(path, "\"9\", \"1\"", JsonObject.of("name", "m")).status())
        .isEqualTo(200);
    assertThat(ann.patch(path, "*", JsonObject.of("name", null)).json().getJsonArray("violations"))
        .hasSize(1);
    assertThat(ann.patch(path, "*", new JsonObject()).status()).isEqualTo(400);
  }

  @Test
  void whatIsNotThere() {
    assertThat(ann.get(PROJECTS + "/prj_x").problem())
        .isEqualTo("404" + TYPE + "not-found This account has no prj_x: GET /api/v1/projects tells"
            + " what it has.");
    assertThat(ann.get("/api/v1/tools/nothing").problem())
        .isEqualTo("404" + TYPE
            + "not-found This account has no nothing: GET /api/v1/tools tells what it has.");
    assertThat(ann.get("/api/v1/planets").problem())
        .isEqualTo("404" + TYPE + "not-found There is nothing at /api/v1/planets: GET"
            + " /api/v1/openapi.json tells what there is.");
    var said = ann.send("PUT", PROJECTS, "{}");
    assertThat(said.problem()).isEqualTo("405" + TYPE + "method-not-allowed This takes GET, POST.");
    assertThat(said.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void pagesOfElsewhereAreKeptOut() {
    var said = ann.send("GET", PROJECTS, null, "Origin", "https://evil.example");
    assertThat(said.status()).isEqualTo(403);
    assertThat(said.json().getString("detail")).startsWith("Origin is not allowed here");
  }

  @Test
  void withoutADatabaseItSaysWhatToDo() {
    try (var bare = new RestGateways(null)) {
      var bob = bare.admin("acme");
      for (var list : List.of(PROJECTS, "/api/v1/tools")) {
        assertThat(bob.get(list).problem())
            .isEqualTo("503" + TYPE + "no-database This gateway has no database, so accounts have"
                + " nothing here: the operator can set umbel.database.url, or start it with"
                + " --data.");
      }
      assertThat(bob.tools()).contains("who");
    }
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsChangedAndItIsSaidSo() {
    try (var others = new RestGateways(TestDatabase.fresh())) {
      var bob = others.admin("acme");
      assertThat(bob.post(PROJECTS, JsonObject.of("key", "a", "name", "a")).status())
          .isEqualTo(201);
      assertThat(bob.tools()).contains("who");
      var name = others.url().database();
      TestDatabase.execute(
          TestDatabase.server(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
      TestDatabase.execute(
          TestDatabase.server(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");

      var said = bob.post(PROJECTS, JsonObject.of("key", "b", "name", "b"));
      assertThat(said.problem())
          .isEqualTo("503" + TYPE + "database-away The database does not answer, and nothing was"
              + " changed: try again shortly.");
      assertThat(said.header("Retry-After")).isEqualTo("5");
      assertThat(bob.tools()).contains("who");
      assertThat(others.admin("never-read").tools()).isEmpty();

      TestDatabase.execute(
          TestDatabase.server(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
      assertThat(bob.get(PROJECTS).items()).hasSize(1);
    }
  }
}
