package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.JsonSchema;
import io.umbel.gateway.TwoGateways;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upstream servers over HTTP, up to the bus; the registry has tests of its own. */
class McpServersTest {

  private static final String SERVERS = "/api/v1/mcp-servers";
  private static final String ONE = SERVERS + "/8b3f0c21-0000-0000-0000-000000000000";
  private static RestGateways gateways;
  private static ObedientRegistry registry;
  private static int accounts;

  private String account;
  private RestClient ann;

  @BeforeAll
  static void start() {
    gateways = new RestGateways();
    registry = new ObedientRegistry();
    gateways.bus().deployVerticle(registry).await();
  }

  @AfterAll
  static void stop() {
    gateways.close();
  }

  @BeforeEach
  void anAccountOfItsOwn() {
    account = "servers-" + accounts++;
    ann = gateways.admin(account);
    registry.answer = JsonObject.of("status", 200, "body", new JsonObject());
    registry.asked.clear();
    TwoGateways.until(() -> ann.get(SERVERS).status() == 200);
  }

  @Test
  void theRegistryIsAskedOnBehalfOfWhoeverAsks() {
    registry.answer = JsonObject.of("status", 201, "body", JsonObject.of("id", "x"))
        .put("etag", "\"1\"")
        .put("location", SERVERS + "/x");
    var made = ann.post(SERVERS, JsonObject.of("name", "Docs", "url", "https://d.example/"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.etag()).isEqualTo("\"1\"");
    assertThat(made.header("Location")).isEqualTo(SERVERS + "/x");
    assertThat(registry.lastAsked())
        .isEqualTo(JsonObject.of("operation", "createMcpServer", "query", new JsonObject())
            .put("body", JsonObject.of("name", "Docs", "url", "https://d.example/")));
    assertThat(registry.callers.get(registry.callers.size() - 1).account()).isEqualTo(account);
  }

  @Test
  void aListIsAnArray() {
    registry.answer = JsonObject.of("status", 200, "body", JsonArray.of(JsonObject.of("a", 1)));

    assertThat(ann.get(SERVERS).response().body()).isEqualTo("[{\"a\":1}]");
  }

  @Test
  void idQueryAndVersionGoAlong() {
    ann.send("POST", ONE + "/scan?strict=true", null);
    assertThat(registry.lastAsked().getString("id")).isEqualTo(ONE.substring(20));
    assertThat(registry.lastAsked().getJsonObject("query"))
        .isEqualTo(JsonObject.of("strict", "true"));
    ann.put(ONE, "\"3\"", JsonObject.of("name", "New"));
    assertThat(registry.lastAsked().getString("ifMatch")).isEqualTo("\"3\"");
    ann.send("PUT", ONE, "{\"name\": null}");
    assertThat(registry.lastAsked().containsKey("ifMatch")).isFalse();
  }

  @Test
  void aRefusalIsToldWordForWord() {
    registry.answer = JsonObject.of(
        "status",
        404,
        "body",
        JsonObject.of("type", "not-found", "detail", "MCP server not found or access denied"));
    for (var method : List.of("GET", "PUT", "DELETE")) {
      var said = ann.send(method, ONE, method.equals("PUT") ? "{\"name\":\"x\"}" : null);
      assertThat(said.problem())
          .isEqualTo("404 urn:umbel:problem:not-found MCP server not found or access denied");
    }
    registry.answer = JsonObject.of(
        "status",
        400,
        "body",
        JsonObject.of("type", "invalid-request", "detail", "auth_config.token is missing")
            .put(
                "errors",
                JsonArray.of(
                    JsonObject.of("pointer", "/auth_config/token", "message", "is missing"))));
    assertThat(ann.post(SERVERS, JsonObject.of("name", "x")).json().getJsonArray("violations"))
        .containsExactly(JsonObject.of("pointer", "/auth_config/token", "message", "is missing"));
  }

  @Test
  void whatIsNoServerNeverReachesTheRegistry() {
    registry.asked.clear();
    assertThat(ann.post(SERVERS, JsonObject.of("name", "x", "colour", "red")).status())
        .isEqualTo(400);
    assertThat(ann.post(SERVERS, JsonObject.of("url", "https://d.example/")).status())
        .isEqualTo(400);
    assertThat(ann.post(SERVERS, JsonObject.of("name", "x", "timeout_ms", 1)).status())
        .isEqualTo(400);
    assertThat(registry.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, , view_mcp_servers",
    "POST, , create_mcp_servers",
    "GET, /x, view_mcp_servers",
    "PUT, /x, edit_mcp_servers",
    "DELETE, /x, delete_mcp_servers",
    "POST, /x/scan, manage_mcp_servers",
    "GET, /x/tools, view_mcp_servers",
    "GET, /x/health, view_mcp_servers",
    "POST, /x/reconnect, manage_mcp_servers",
    "POST, /x/approve, manage_mcp_servers"
  })
  void eachTakesItsScope(String method, String path, String scope) {
    var body = method.equals("PUT") || path == null || path.endsWith("approve")
        ? path != null && path.endsWith("approve") ? "{}" : "{\"name\":\"x\"}"
        : null;
    var sent = method.equals("GET") ? null : body;
    var where = SERVERS + (path == null ? "" : path);
    var all = new ArrayList<>(List.of(
        "view_mcp_servers",
        "create_mcp_servers",
        "edit_mcp_servers",
        "delete_mcp_servers",
        "manage_mcp_servers",
        "manage_tools"));
    all.remove(scope);
    if (scope.startsWith("view_")) {
      all.remove("manage_mcp_servers");
    }
    var without = RestGateways.token(account, "bob", String.join(" ", all));
    assertThat(gateways.client(gateways.a, without).send(method, where, sent).status())
        .isEqualTo(403);
    var with = RestGateways.token(account, "bob", scope);
    assertThat(gateways.client(gateways.a, with).send(method, where, sent).status())
        .isEqualTo(200);
  }

  @Test
  void everyChangeIsOnRecordWithoutSecrets() {
    registry.answer = JsonObject.of("status", 200, "body", new JsonObject())
        .put(
            "audit",
            JsonObject.of("action", "mcp_servers.update", "target", "x")
                .put("before", JsonObject.of("id", "x", "name", "Old"))
                .put(
                    "after",
                    JsonObject.of("id", "x", "auth_config", JsonObject.of("token", "s3cret"))));
    ann.send("PUT", ONE, "{\"name\":\"x\"}");

    var row = ann.get("/api/v1/audit").items().getJsonObject(0);
    assertThat(row.getString("action")).isEqualTo("mcp_servers.update");
    assertThat(row.getString("user_id")).isEqualTo("ann");
    assertThat(row.encode()).contains("Old").doesNotContain("s3cret");
    assertThat(ann.get("/api/v1/audit/verify").json().getBoolean("intact")).isTrue();
  }

  @Test
  void nothingIsChangedThatCannotGoOnRecord() {
    try (var broken = new RestGateways()) {
      var theirs = new ObedientRegistry();
      broken.bus().deployVerticle(theirs).await();
      var client = broken.admin("broken");
      TwoGateways.until(() -> client.get(SERVERS).status() == 200);
      var name = broken.url().database();
      TestDatabase.execute(
          TestDatabase.server(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
      TestDatabase.execute(
          TestDatabase.server(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
      theirs.asked.clear();

      var refused = client.post(SERVERS, JsonObject.of("name", "x"));
      assertThat(refused.problem())
          .isEqualTo("503 urn:umbel:problem:audit-away The audit trail cannot be written, so"
              + " nothing was changed: try again shortly.");
      assertThat(theirs.asked).isEmpty();
      TestDatabase.execute(
          TestDatabase.server(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
      TwoGateways.until(() -> client.post(SERVERS, JsonObject.of("name", "x")).status() == 200);
    }
  }

  @Test
  void withoutARegistryItSaysSo() {
    var alone = gateways.client(gateways.c, ann.token());

    assertThat(alone.get(SERVERS).problem())
        .isEqualTo("503 urn:umbel:problem:unavailable No node with the role registry is here at the"
            + " moment, and nothing was changed: try again shortly, or have the operator start"
            + " one.");
    assertThat(alone.get("/api/v1/servers").status()).isEqualTo(200);
  }

  @Test
  void aRegistryThatBreaksTellsNothingOfIt() {
    registry.answer = null;
    var said = ann.get(SERVERS);

    assertThat(said.status()).isEqualTo(500);
    assertThat(said.response().body()).doesNotContain("as it was told");
  }

  @Test
  void whatComesWithUmbelIsListedBesideUpstreamServers() {
    registry.answer = JsonObject.of(
        "status",
        200,
        "body",
        JsonArray.of(JsonObject.of("name", "Docs", "namespace", "docs", "source", "account")
            .put("status", "error")
            .put("last_error", "It hung up")
            .put("tool_count", 3)));
    var items = ann.get("/api/v1/servers").items();

    assertThat(items.stream().map(each -> ((JsonObject) each).getString("name")))
        .contains("who", "Docs");
    var health = ann.get("/api/v1/health").json();
    assertThat(health.getString("status")).isEqualTo("degraded");
    assertThat(health.getJsonObject("servers").getJsonObject("docs"))
        .isEqualTo(JsonObject.of("ok", false, "status", "error", "error", "It hung up"));
    assertThat(health.getJsonObject("servers").getJsonObject("who").getBoolean("ok"))
        .isTrue();
  }

  @Test
  void toolsOfEitherAreListedByTheNameOfTheServer() {
    var own = ann.get("/api/v1/servers/who/tools").json();
    assertThat(own.getJsonArray("items").getJsonObject(0).getString("name")).isEqualTo("who");
    registry.answer =
        JsonObject.of("status", 200, "body", JsonArray.of(JsonObject.of("name", "look")));
    var theirs = ann.get("/api/v1/servers/docs/tools").json();
    assertThat(theirs)
        .isEqualTo(
            JsonObject.of("server", "docs", "items", JsonArray.of(JsonObject.of("name", "look"))));
    assertThat(registry.lastAsked().getString("operation")).isEqualTo("listServerTools");
  }

  @Test
  void aToolIsCalledAsAClientWould() {
    var call = "/api/v1/tools/call";
    var said = ann.post(call, JsonObject.of("tool", "who"));
    assertThat(said.status()).as(said.response().body()).isEqualTo(200);
    assertThat(said.json().getJsonArray("content")).isNotEmpty();
    assertThat(ann.post(call, JsonObject.of("tool", "who", "server", "who")).status())
        .isEqualTo(200);
    assertThat(ann.post(call, JsonObject.of("tool", "nothing")).problem())
        .isEqualTo("404 urn:umbel:problem:not-found Unknown tool: nothing");
    assertThat(ann.post(call, JsonObject.of("tool", "look", "server", "docs")).problem())
        .isEqualTo("404 urn:umbel:problem:not-found MCP_UPSTREAM_NOT_CONFIGURED: there is no server"
            + " docs with a tool look");
    var token = RestGateways.token(account, "bob", "manage_mcp_servers manage_tools");
    assertThat(gateways
            .client(gateways.a, token)
            .post(call, JsonObject.of("tool", "who"))
            .status())
        .isEqualTo(403);
    TwoGateways.until(() -> !ann.get("/api/v1/audit?tool=who").items().isEmpty());
  }

  @Test
  void whatIsAnsweredIsWhatTheContractSays() {
    var schemas = Contract.read().text().toJsonObject().getJsonObject("components");
    registry.answer = JsonObject.of("status", 200, "body", new JsonArray());
    for (var path : List.of("servers ServerList", "health HealthOfAll")) {
      var words = path.split(" ", 2);
      var schema = JsonSchema.compile(
          JsonObject.of("$ref", "#/components/schemas/" + words[1], "components", schemas));
      assertThat(RequestReader.wrongs(schema, ann.get("/api/v1/" + words[0]).json()))
          .isEmpty();
    }
  }
}
