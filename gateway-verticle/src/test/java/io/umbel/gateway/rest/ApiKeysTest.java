package io.umbel.gateway.rest;

import static io.umbel.gateway.TwoGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys for machines, over REST, MCP and three gateways. */
class ApiKeysTest {

  private static final String KEYS = "/api/v1/api-keys";
  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static int accounts;

  /** New ones for each test, since gateways count refused keys. */
  private final RestGateways gateways = new RestGateways();

  private RestClient ann;

  @AfterEach
  void stop() {
    gateways.close();
  }

  @BeforeEach
  void anAccountOfItsOwn() {
    ann = gateways.admin("keys-" + accounts++);
  }

  private RestClient.Said key(JsonObject more) {
    var body = JsonObject.of("name", "ci", "scopes", JsonArray.of("tools")).mergeIn(more);
    var made = ann.post(KEYS, body);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made;
  }

  private List<RestClient> everywhere(RestClient.Said key) {
    var secret = key.json().getString("secret");
    return List.of(
        gateways.client(gateways.a, secret),
        gateways.client(gateways.b, secret),
        gateways.client(gateways.c, secret));
  }

  private static int status(RestClient client) {
    return client.mcp("tools/list", new JsonObject()).status();
  }

  /** Awaits that for all of them, and that it did not take longer than it may. */
  private static void soon(List<RestClient> clients, Predicate<RestClient> condition) {
    var begun = Instant.now();
    clients.forEach(client -> until(() -> within(condition, client)));
    assertThat(clients).allMatch(condition);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(AT_MOST);
  }

  /** Asks at a pace that is no attack. */
  private static boolean within(Predicate<RestClient> condition, RestClient client) {
    java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
    return condition.test(client);
  }

  @Test
  void aKeyIsToldOnceAndKeptAsItsHashOnly() {
    var made = key(new JsonObject());
    var secret = made.json().getString("secret");
    assertThat(secret).matches("umk_[A-Za-z0-9_-]{43}");
    assertThat(made.json().fieldNames()).doesNotContain("hash");

    var found = ann.get(made.header("Location"));
    assertThat(found.response().body()).doesNotContain(secret, "hash", "secret");
    assertThat(ann.get(KEYS).response().body()).doesNotContain(secret, "hash", "secret");
    TestDatabase.execute(
        gateways.url(),
        "DO $$ BEGIN ASSERT (SELECT count(*) = 0 FROM gateway.api_keys k WHERE k::text LIKE '%"
            + secret.substring(4) + "%'); END $$");
  }

  @Test
  void aKeyActsForItsAccountAsItselfWithItsScopes() {
    var made = key(new JsonObject());
    for (var client : everywhere(made)) {
      var who = client
          .mcp("tools/call", JsonObject.of("name", "who", "arguments", new JsonObject()))
          .json()
          .getJsonObject("result")
          .getJsonObject("structuredContent");
      assertThat(who.getString("subject")).isEqualTo(made.id());
      assertThat(who.getJsonArray("scopes")).containsExactly("tools");
      assertThat(client.get("/api/v1/projects").status()).isEqualTo(403);
    }
  }

  @Test
  void aRevokedKeyStopsWorkingOnAllNodesWithinTwoSeconds() {
    var removed = key(new JsonObject());
    var switchedOff = key(new JsonObject());
    for (var key : List.of(removed, switchedOff)) {
      assertThat(everywhere(key)).allMatch(client -> status(client) == 200);
    }

    assertThat(ann.delete(KEYS + "/" + removed.id(), "*").status()).isEqualTo(204);
    soon(everywhere(removed), client -> status(client) == 401);
    ann.patch(KEYS + "/" + switchedOff.id(), "*", JsonObject.of("is_active", false));
    soon(everywhere(switchedOff), client -> status(client) == 401);
    ann.patch(KEYS + "/" + switchedOff.id(), "*", JsonObject.of("is_active", true));
    soon(everywhere(switchedOff), client -> status(client) == 200);
  }

  @Test
  void aKeyStopsWithItsAgent() {
    var agent = ann.post("/api/v1/agents", JsonObject.of("name", "a", "type", "t"));
    var key = key(JsonObject.of("agent_id", agent.id()));
    assertThat(everywhere(key)).allMatch(client -> status(client) == 200);

    ann.patch("/api/v1/agents/" + agent.id(), "*", JsonObject.of("status", "inactive"));

    soon(everywhere(key), client -> status(client) == 401);
  }

  @Test
  void aTokenOfAnInactiveAgentIsRefusedToo() {
    var agent = ann.post("/api/v1/agents", JsonObject.of("name", "a", "type", "t"));
    var claims = JsonObject.of("agent_id", agent.id());
    var account = "keys-" + (accounts - 1);
    var client = gateways.client(gateways.b, RestGateways.token(account, "bob", "tools", claims));
    assertThat(status(client)).isEqualTo(200);

    ann.patch("/api/v1/agents/" + agent.id(), "*", JsonObject.of("status", "inactive"));

    soon(List.of(client), each -> status(each) == 401);
  }

  @Test
  void anEmptyListOfToolsIsNoToolAndNoListIsAll() {
    var none = key(JsonObject.of("allowed_tools", JsonArray.of()));
    var one = key(JsonObject.of("allowed_tools", JsonArray.of("who")));
    var all = key(new JsonObject());
    assertThat(none.json().getJsonArray("allowed_tools")).isEmpty();
    assertThat(all.json().containsKey("allowed_tools")).isFalse();
    assertThat(everywhere(none)).allSatisfy(client -> assertThat(client.tools()).isEmpty());
    assertThat(everywhere(one))
        .allSatisfy(client -> assertThat(client.tools()).containsExactly("who"));
    assertThat(everywhere(all).get(0).tools()).hasSizeGreaterThan(1);

    ann.patch(KEYS + "/" + one.id(), "*", JsonObject.of("allowed_tools", null));
    soon(everywhere(one), client -> client.tools().size() > 1);
  }

  @Test
  void aKeyWorksUntilItExpires() {
    var soon = Instant.now().plusSeconds(1).toString().substring(0, 19) + "Z";
    var key =
        ann.post(KEYS, JsonObject.of("name", "k", "scopes", JsonArray.of(), "expires_at", soon));
    until(() -> within(each -> status(each) == 401, everywhere(key).get(0)));
    assertThat(status(everywhere(key).get(0))).isEqualTo(401);

    var over = JsonObject.of("name", "k", "scopes", JsonArray.of());
    assertThat(messages(ann.post(KEYS, over.copy().put("expires_at", "2020-01-01T00:00:00Z"))))
        .containsExactly("is over already: to stop a key at once, set is_active to false");
    assertThat(messages(ann.post(KEYS, over.copy().put("expires_at", "2999-02-30T00:00:00Z"))))
        .containsExactly("is no time that there is");
  }

  private static List<String> messages(RestClient.Said said) {
    return said.json().getJsonArray("violations").stream()
        .map(each -> ((JsonObject) each).getString("message"))
        .toList();
  }

  @Test
  void nobodyMakesAKeyThatMayDoMoreThanTheyMay() {
    var account = "keys-" + (accounts - 1);
    var bob =
        gateways.client(gateways.a, RestGateways.token(account, "bob", "manage_api_keys tools"));
    var body = JsonObject.of("name", "k", "scopes", JsonArray.of("admin", "tools", "write"));
    var problem = "403 urn:umbel:problem:beyond-your-reach A key cannot have scopes that you do not"
        + " have: leave out admin, write.";
    assertThat(bob.post(KEYS, body).problem()).isEqualTo(problem);
    var own = bob.post(KEYS, body.copy().put("scopes", JsonArray.of("tools")));
    assertThat(own.status()).isEqualTo(201);
    var scopes = JsonObject.of("scopes", body.getJsonArray("scopes"));
    assertThat(bob.patch(KEYS + "/" + own.id(), "*", scopes).problem()).isEqualTo(problem);
    var strong = key(JsonObject.of("scopes", JsonArray.of("admin"), "is_active", false));
    var path = KEYS + "/" + strong.id();
    assertThat(bob.patch(path, "*", JsonObject.of("is_active", true)).status()).isEqualTo(403);
    assertThat(bob.patch(path, "*", JsonObject.of("name", "x")).status()).isEqualTo(200);
  }

  @Test
  void whatIsNoKeyIsRefusedInTheSameWords() {
    var refused = gateways.client(gateways.a, "umk_" + "x".repeat(43));
    var nonsense = gateways.client(gateways.a, "nonsense");
    assertThat(status(refused)).isEqualTo(401);
    assertThat(refused.mcp("tools/list", new JsonObject()).response().body())
        .isEqualTo(nonsense.mcp("tools/list", new JsonObject()).response().body());
  }
}
