package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.TwoGateways;
import io.umbel.gateway.rest.RestClient.Said;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on record, asked for over HTTP; each test has an account of its own. */
class AuditTrailTest {

  private static final String AUDIT = "/api/v1/audit";
  private static final String VERIFY = AUDIT + "/verify";
  private static RestGateways gateways;
  private static int accounts;

  private String account;
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
    account = "audited-" + accounts++;
    ann = gateways.admin(account);
  }

  @Test
  void everyChangeIsOnRecordAsItWasAndAsItIs() {
    var id = made("apollo");
    ann.patch("/api/v1/projects/" + id, "*", JsonObject.of("name", "Moon"));
    ann.delete("/api/v1/projects/" + id, "*");

    var rows = ann.get(AUDIT).items();
    assertThat(rows).hasSize(3);
    var patched = rows.getJsonObject(1);
    assertThat(patched.getString("user_id")).isEqualTo("ann");
    assertThat(patched.getString("status")).isEqualTo("succeeded");
    assertThat(patched.getJsonObject("change").encode())
        .contains("Project apollo")
        .contains("Moon");
    assertThat(ann.get(VERIFY).json()).isEqualTo(JsonObject.of("intact", true, "rows", 3));
  }

  @Test
  void aKeyIsOnRecordWithoutWhatItIs() {
    var key = ann.post("/api/v1/api-keys", JsonObject.of("name", "ci", "scopes", new JsonArray()));
    assertThat(key.status()).as(key.response().body()).isEqualTo(201);
    assertThat(ann.get(AUDIT).response().body())
        .contains("ci")
        .doesNotContain(key.json().getString("secret"));
  }

  @Test
  void everyCallIsOnRecordWithItsArgumentsNamesOnly() {
    var called = ann.mcp(
        "tools/call",
        JsonObject.of("name", "who", "arguments", JsonObject.of("nonsense", "hush-hush")));
    assertThat(called.status()).isEqualTo(200);
    // read-only calls are written a moment after their answer
    TwoGateways.until(() -> !ann.get(AUDIT + "?tool=who").items().isEmpty());
    var row = ann.get(AUDIT + "?tool=who").items().getJsonObject(0);
    assertThat(row.getString("action")).isEqualTo("tool_call");
    assertThat(row.getString("correlation_id")).isNotBlank();
    assertThat(row.encode()).contains("nonsense").doesNotContain("hush-hush");
  }

  @Test
  void eachAccountHasARecordOfItsOwn() {
    made("apollo");
    var other = gateways.admin(account + "-other");
    assertThat(other.get(AUDIT).items()).isEmpty();
    assertThat(other.get(VERIFY).json()).isEqualTo(JsonObject.of("intact", true, "rows", 0));
  }

  @Test
  void pagesFollowEachOtherAndTimesBoundThem() {
    IntStream.range(0, 5).forEach(i -> made("p" + i));
    var first = ann.get(AUDIT + "?limit=3");
    var second = ann.get(AUDIT + "?limit=3&cursor=" + first.json().getString("next_cursor"));
    assertThat(first.items()).hasSize(3);
    assertThat(second.items()).hasSize(2);
    assertThat(second.json().containsKey("next_cursor")).isFalse();
    var newest = first.items().getJsonObject(0).getString("ts");
    assertThat(ann.get(AUDIT + "?from=" + newest).items()).hasSize(1);
    assertThat(ann.get(AUDIT + "?to=" + newest).items()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=yesterday | from | is no time such as 2026-01-31T12:00:00Z",
        "to=2026-01-31 | to | is no time such as 2026-01-31T12:00:00Z",
        "account=two | account | is not a parameter of this; there are:"
      })
  void saysWhatCannotBeUsed(String query, String name, String why) {
    var said = ann.get(AUDIT + "?" + query);
    assertThat(said.status()).isEqualTo(400);
    var wrong = said.json().getJsonArray("violations").getJsonObject(0);
    assertThat(wrong.getString("parameter")).isEqualTo(name);
    assertThat(wrong.getString("message")).startsWith(why);
  }

  @Test
  void whatIsNoCursorOrNoLimitIsRefused() {
    for (var query : List.of("cursor=-1", "cursor=x", "limit=0", "limit=201", "limit=x")) {
      assertThat(ann.get(AUDIT + "?" + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void nothingIsToldWithoutTheScope() {
    var token = RestGateways.token(account, "ben", "view_tools manage_projects");
    var ben = gateways.client(gateways.a, token);
    assertThat(ben.get(AUDIT).status()).isEqualTo(403);
    assertThat(ben.get(VERIFY).status()).isEqualTo(403);
    var carl = gateways.client(gateways.b, RestGateways.token(account, "carl", "view_audit"));
    assertThat(carl.get(AUDIT).status()).isEqualTo(200);
  }

  @Test
  void aRecordIsVerifiedOnceAtATime() {
    IntStream.range(0, 20).forEach(i -> made("p" + i));
    var asked =
        IntStream.range(0, 8).mapToObj(i -> ann.sendLater("GET", VERIFY, null)).toList();
    var statuses = asked.stream().map(CompletableFuture::join).map(Said::status).toList();
    assertThat(statuses).contains(200).isSubsetOf(200, 409);
    assertThat(ann.get(VERIFY).json().getBoolean("intact")).isTrue();
  }

  private String made(String key) {
    var made = ann.post("/api/v1/projects", JsonObject.of("key", key, "name", "Project " + key));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.id();
  }
}
