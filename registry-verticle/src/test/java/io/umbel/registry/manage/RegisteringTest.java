package io.umbel.registry.manage;

import static io.umbel.registry.manage.Desk.guarded;
import static io.umbel.registry.manage.Desk.request;
import static io.umbel.registry.manage.Desk.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Credentials.ApiKey;
import io.umbel.registry.server.Credentials.Bearer;
import io.umbel.registry.server.Credentials.ClientCredentials;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RegisteringTest {

  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void registersAServerThatAnswersAndFindsItsTools() {
    desk.operations.offered = List.of(new Definition(
        Kind.TOOL, "look", JsonObject.of("name", "look"), null, State.APPROVED, "h"));
    var made = desk.create(server("My Docs"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().getString("status")).isEqualTo("active");
    assertThat(made.body().getString("namespace")).isEqualTo("my-docs");
    assertThat(made.body().getString("transport")).isEqualTo("streamable_http");
    assertThat(made.body().getLong("tool_count")).isEqualTo(1);
    assertThat(made.json().getString("etag")).isEqualTo("\"1\"");
    assertThat(made.json().getString("location")).isEqualTo("/api/v1/mcp-servers/" + made.id());
  }

  @Test
  void registersAServerThatDoesNotAnswerToo() {
    desk.operations.broken = "Nobody listens there";
    var made = desk.create(server("Docs"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().getString("status")).isEqualTo("error");
    assertThat(made.body().getString("last_error")).isEqualTo("Nobody listens there");
    assertThat(desk.operations.done).containsExactly("everyone knows what acme has");
  }

  @Test
  void saysThatAProcessIsStarting() {
    desk.operations.starting = true;
    var made = desk.create(JsonObject.of("name", "Good", "transport", "stdio")
        .put("command", "npx")
        .put("args", new JsonArray().add("-y").add("good")));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().getString("status")).isEqualTo("starting");
    assertThat(made.body().getString("last_error")).isNull();
    assertThat(desk.operations.done).containsExactly("everyone knows what acme has");
    assertThat(desk.ask("listServers", "").item(0).getString("status")).isEqualTo("starting");
    assertThat(desk.ask("listServers", "").item(0).getBoolean("healthy")).isFalse();
    assertThat(desk.update(made, made.body().copy()).status()).isEqualTo(400);
    assertThat(desk.update(made, JsonObject.of("status", "starting")).status()).isEqualTo(200);
  }

  @Test
  void triesNoServerThatIsInactive() {
    var made = desk.create(server("Docs").put("status", "disabled"));

    assertThat(made.body().getString("status")).isEqualTo("inactive");
    assertThat(desk.operations.tried).isEmpty();
  }

  @Test
  void neverShowsACredential() {
    var made = desk.create(guarded("Docs"));
    var other = desk.create(server("Key")
        .put("auth_type", "api_key")
        .put("auth_config", JsonObject.of("api_key", "s3cret")));

    assertThat(made.json().encode()).doesNotContain("s3cret");
    assertThat(other.json().encode()).doesNotContain("s3cret");
    assertThat(made.body().getJsonObject("auth_config")).isEqualTo(JsonObject.of("token", "***"));
    assertThat(desk.ask("getMcpServer", made.id()).json().encode()).doesNotContain("s3cret");
    assertThat(desk.ask("listMcpServers", "").json().encode()).doesNotContain("s3cret");
    assertThat(desk.update(made, JsonObject.of("name", "New")).json().encode())
        .doesNotContain("s3cret");
    assertThat(desk.ask("deleteMcpServer", made.id()).json().encode()).doesNotContain("s3cret");
  }

  @Test
  void keepsASecretForWhichStarsStand() {
    var made = desk.create(guarded("Docs"));
    var changed = desk.update(
        made,
        JsonObject.of("auth_config", JsonObject.of("token", "***"), "description", "All of it"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(known("Docs").endpoint())
        .isEqualTo(
            new Endpoint.Http(URI.create("https://mcp.example.com/Docs"), new Bearer("s3cret")));
  }

  @Test
  void usesAChangedCredentialFromThenOn() {
    var made = desk.create(guarded("Docs"));
    desk.operations.done.clear();
    desk.update(made, JsonObject.of("auth_config", JsonObject.of("token", "2nd")));

    assertThat(known("Docs").version()).isEqualTo(2);
    assertThat(((Endpoint.Http) known("Docs").endpoint()).credentials())
        .isEqualTo(new Bearer("2nd"));
    assertThat(desk.operations.done).containsExactly("everyone knows what acme has", "scan Docs");
  }

  @Test
  void takesStarsForNoSecret() {
    assertThat(desk.create(guarded("Docs").put("auth_config", JsonObject.of("token", "***")))
            .detail())
        .isEqualTo("auth_config.token is ***, but there is no secret that it could stand for:"
            + " give one");
  }

  @Test
  void sendsNoSecretElsewhereUnlessItIsGivenAgain() {
    var made = desk.create(guarded("Docs"));
    var elsewhere = JsonObject.of("url", "https://mcp.thief.example/");

    assertThat(desk.update(made, elsewhere).detail())
        .isEqualTo("auth_config has to be given again, since url leads to another server now");
    assertThat(desk.update(made, JsonObject.of("url", "https://mcp.example.com/v2"))
            .status())
        .isEqualTo(200);
    assertThat(desk.update(made, elsewhere.put("auth_config", JsonObject.of("token", "x")))
            .status())
        .isEqualTo(200);
  }

  @Test
  void sendsNoSecretElsewhereThoughSomethingElseBesideItIsGiven() {
    var key = JsonObject.of("api_key", "k", "key_name", "X-Key");
    var made = desk.create(server("Docs").put("auth_type", "api_key").put("auth_config", key));
    var elsewhere = JsonObject.of("url", "https://mcp.thief.example/")
        .put("auth_config", JsonObject.of("api_key", "***", "key_name", "X-Other"));

    assertThat(desk.update(made, elsewhere).detail())
        .isEqualTo("auth_config has to be given again, since url leads to another server now");
  }

  @ParameterizedTest
  @CsvSource({
    "http-streaming, streamable_http",
    "http, streamable_http",
    "streamable-http, streamable_http",
    "SSE, sse"
  })
  void takesTheWordsForATransport(String word, String transport) {
    var made = desk.create(server("Docs").put("transport", word));

    assertThat(made.body().getString("transport")).isEqualTo(transport);
  }

  @Test
  void speaksToAnSseServerAsOne() {
    desk.create(server("Docs").put("transport", "sse"));

    assertThat(known("Docs").endpoint()).isInstanceOf(Endpoint.Sse.class);
    assertThat(desk.operations.tried.get(0).endpoint()).isInstanceOf(Endpoint.Sse.class);
  }

  @Test
  void takesEachKindOfCredential() {
    desk.create(server("Key")
        .put("auth_type", "api_key")
        .put("auth_config", JsonObject.of("api_key", "k")));
    desk.create(server("OAuth")
        .put("auth_type", "client_credentials")
        .put("auth_config", JsonObject.of("client_id", "me", "client_secret", "s", "scope", "x")));

    assertThat(((Endpoint.Http) known("Key").endpoint()).credentials())
        .isEqualTo(new ApiKey("X-API-Key", "k"));
    assertThat(((Endpoint.Http) known("OAuth").endpoint()).credentials())
        .isEqualTo(new ClientCredentials("me", "s", null, null, "x"));
  }

  @Test
  void saysWhichPartOfACredentialIsMissing() {
    assertThat(desk.create(server("Docs").put("auth_type", "bearer")).detail())
        .isEqualTo("auth_config.token is missing: auth_type bearer needs it");
    assertThat(desk.create(server("Docs").put("auth_type", "api_key")).detail())
        .isEqualTo("auth_config.api_key is missing: auth_type api_key needs it");
    assertThat(
            desk.create(server("Docs").put("auth_type", "client_credentials")).detail())
        .contains("auth_config.client_id is missing");
    assertThat(desk.create(server("Docs").put("auth_type", "magic")).detail())
        .contains("auth_type has to be one of none, bearer, api_key, client_credentials");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    var refused = desk.create(
        JsonObject.of("colour", "red", "url", "nowhere", "timeout_ms", 1).put("namespace", "git"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().getJsonArray("errors").stream()
            .map(each -> ((JsonObject) each).getString("pointer")))
        .containsExactlyInAnyOrder("/colour", "/name", "/url", "/timeout_ms", "/namespace");
  }

  @ParameterizedTest
  @CsvSource({"git, git-mcp", "'!!', mcp", "Ünder Score_1, nder-score-1"})
  void makesANamespaceOfAnyName(String name, String namespace) {
    assertThat(desk.create(server("x").put("name", name)).body().getString("namespace"))
        .isEqualTo(namespace);
  }

  @Test
  void refusesANameOrNamespaceThatIsTaken() {
    desk.create(server("Docs"));

    assertThat(desk.create(server("Docs")).status()).isEqualTo(409);
    assertThat(desk.create(server("Docs")).detail())
        .isEqualTo("This account has an MCP server with the name \"Docs\" already: choose another"
            + " name");
    assertThat(desk.create(server("docs!")).detail()).contains("the namespace \"docs\" already");
    assertThat(desk.create(server("Ours")).detail())
        .isEqualTo("The operator has an MCP server with the namespace \"ours\": choose another"
            + " namespace");
    var request = new JsonObject().put("operation", "createMcpServer").put("body", server("Docs"));
    assertThat(desk.ask("other", request).status()).isEqualTo(201);
  }

  @Test
  void refusesMoreThanAnAccountMayHave() {
    for (var i = 0; i < 5; i++) {
      desk.create(server("s" + i));
    }
    assertThat(desk.create(server("one-more")).detail())
        .isEqualTo("This account has 5 MCP servers, which is as many as it may have: remove some"
            + " first");
  }

  @Test
  void refusesWhereServersMayNotBe() {
    var refused = desk.create(server("Docs").put("url", "http://" + Desk.FORBIDDEN + "/"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).isEqualTo("url is refused: it is not on the public internet");
    assertThat(desk.operations.tried).isEmpty();
    var made = desk.create(server("Docs"));
    assertThat(desk.update(made, JsonObject.of("url", "http://" + Desk.FORBIDDEN + "/"))
            .status())
        .isEqualTo(400);
    assertThat(desk.create(server("x").put("url", "https://me:pw@mcp.example.com/"))
            .detail())
        .contains("url has a user, a password or a #");
  }

  @Test
  void runsNoCommandThatTheOperatorDoesNotAllow() {
    var child = JsonObject.of("name", "Child", "transport", "stdio", "command", "npx")
        .put("args", JsonArray.of("-y", "bad"));
    assertThat(desk.create(child).status()).isEqualTo(400);
    assertThat(desk.create(child).detail())
        .isEqualTo(
            "command is refused: The operator does not allow this command with these arguments");
    child.put("args", JsonArray.of("-y", "good"));
    assertThat(desk.create(child.copy().put("env", JsonObject.of("LD_PRELOAD", "x")))
            .detail())
        .isEqualTo("command is refused: The operator does not allow to set the environment variable"
            + " LD_PRELOAD");
    var made = desk.create(child.copy().put("env", JsonObject.of("MODE", "fast")));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().getJsonObject("env")).isEqualTo(JsonObject.of("MODE", "***"));
  }

  @Test
  void changesOnlyWhatIsThere() {
    var made = desk.create(guarded("Docs").put("enabled_tools", JsonArray.of("a")));
    var changed = desk.update(made, JsonObject.of("timeout_ms", 2_000));

    assertThat(changed.body().getJsonArray("enabled_tools")).isEqualTo(JsonArray.of("a"));
    assertThat(changed.body().getInteger("timeout_ms")).isEqualTo(2_000);
    assertThat(changed.body().getLong("version")).isEqualTo(2);
    var again = desk.update(made, new JsonObject().putNull("enabled_tools"));
    assertThat(again.body().containsKey("enabled_tools")).isFalse();
    assertThat(desk.update(made, JsonObject.of("colour", "red")).status()).isEqualTo(400);
  }

  @Test
  void changesTheWayToAServer() {
    var made = desk.create(guarded("Docs"));
    var child = JsonObject.of("transport", "stdio", "command", "srv");

    assertThat(desk.update(made, child).status()).isEqualTo(200);
    assertThat(known("Docs").endpoint()).isInstanceOf(Endpoint.Stdio.class);
    assertThat(desk.update(made, JsonObject.of("transport", "http")).detail())
        .isEqualTo("url is missing: a server that is no process needs one");
    assertThat(
            desk.update(made, JsonObject.of("transport", "http", "url", "https://mcp.example.com/"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void changesNothingThatIsAnotherByNow() {
    var made = desk.create(server("Docs"));
    desk.update(made, JsonObject.of("name", "New", "version", 1));

    var stale = desk.update(made, JsonObject.of("name", "Newer", "version", 1));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.detail()).contains("it is of version 2");
    var byHeader = request("updateMcpServer", made.id())
        .put("body", JsonObject.of("name", "Newer"))
        .put("ifMatch", "\"1\"");
    assertThat(desk.ask("acme", byHeader).status()).isEqualTo(412);
    assertThat(desk.ask("acme", byHeader.put("ifMatch", "\"2\"")).status()).isEqualTo(200);
    assertThat(desk.ask("acme", request("deleteMcpServer", made.id()).put("ifMatch", "\"2\""))
            .status())
        .isEqualTo(412);
  }

  @Test
  void removesAServer() {
    var made = desk.create(server("Docs"));
    var gone = desk.ask("deleteMcpServer", made.id());

    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.body()).isEqualTo(JsonObject.of("message", "MCP server deleted successfully"));
    assertThat(desk.store.servers().of("acme").await())
        .extracting(Server::name)
        .containsExactly("Ours");
    assertThat(desk.ask("getMcpServer", made.id()).status()).isEqualTo(404);
  }

  @Test
  void tellsWhatGoesOnRecord() {
    var made = desk.create(guarded("Docs"));
    assertThat(made.audit().getString("action")).isEqualTo("mcp_servers.create");
    assertThat(made.audit().getString("target")).isEqualTo(made.id());
    assertThat(made.audit().getJsonObject("before")).isNull();
    assertThat(made.audit().getJsonObject("after").getString("name")).isEqualTo("Docs");
    var changed = desk.update(made, JsonObject.of("name", "New")).audit();
    assertThat(changed.getJsonObject("before").getString("name")).isEqualTo("Docs");
    assertThat(changed.getJsonObject("after").getString("name")).isEqualTo("New");
    assertThat(desk.ask("deleteMcpServer", made.id()).audit().getString("action"))
        .isEqualTo("mcp_servers.delete");
  }

  @Test
  void keepsNothingWithoutADatabase() {
    try (var without = new Desk(false)) {
      assertThat(without.create(server("Docs")).status()).isEqualTo(503);
      assertThat(without.ask("listMcpServers", "").status()).isEqualTo(503);
      assertThat(without.ask("listServers", "").list()).hasSize(1);
    }
  }

  private Server known(String name) {
    return desk.store.servers().of("acme").await().stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
