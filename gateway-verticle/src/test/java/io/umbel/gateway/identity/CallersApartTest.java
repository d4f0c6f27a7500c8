package io.umbel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.Talk;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers on one event loop never get to see each other. */
class CallersApartTest {

  private static final int CALLS = 1_000;
  private static final int USERS = 40;
  private static final IssuerKey[] KEYS = {
    IssuerKey.rs256("rsa"), IssuerKey.es256("ec"), IssuerKey.edDsa("ed")
  };
  private static TestIssuer issuer;
  private static Asked gateway;

  @BeforeAll
  static void start() {
    issuer = new TestIssuer(KEYS);
    gateway = new Asked(issuer.guards());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    issuer.close();
  }

  @Test
  void aThousandInterleavedCallsAreEachTheirOwnCallers() {
    var http = gateway.gateway().vertx().createHttpClient(new PoolOptions().setHttp1MaxSize(32));
    var all = new ArrayList<Future<JsonObject>>();
    for (int i = 0; i < CALLS; i++) {
      all.add(call(http, i));
    }
    Future.join(all).await();
    for (int i = 0; i < CALLS; i++) {
      assertThat(all.get(i).result()).isEqualTo(expected(i));
    }
  }

  private static Future<JsonObject> call(io.vertx.core.http.HttpClient http, int i) {
    return http.request(HttpMethod.POST, gateway.gateway().port(), "127.0.0.1", "/mcp")
        .compose(request -> request
            .putHeader("Content-Type", "application/json")
            .putHeader("MCP-Protocol-Version", "2026-07-28")
            .putHeader("Mcp-Method", "tools/call")
            .putHeader("Mcp-Name", "who")
            .putHeader("Authorization", "Bearer " + token(i))
            .send(Asked.body(JsonObject.of("account_id", "other", "agent", "other"))))
        .compose(HttpClientResponse::body)
        .map(
            body -> body.toJsonObject().getJsonObject("result").getJsonObject("structuredContent"));
  }

  /** Of some users the same token again and again, of others a new one each time. */
  private static String token(int i) {
    var claims =
        TestIssuer.claims("account" + i % 7, "user" + i % USERS).put("agent_id", "a" + i % 3);
    if (i % 2 == 0) {
      claims.put("iat", 1).put("exp", 4_000_000_000L);
    } else {
      claims.put("jti", "t" + i);
    }
    return KEYS[i % KEYS.length].sign(claims);
  }

  private static JsonObject expected(int i) {
    return new JsonObject()
        .put("account", "account" + i % 7)
        .put("subject", "user" + i % USERS)
        .putNull("project")
        .put("agent", "a" + i % 3)
        .put("scopes", new io.vertx.core.json.JsonArray(List.of("tools")))
        .putNull("tools")
        .putNull("projects");
  }

  /** Defects 25 and 26 of the originals. */
  @Test
  void argumentsSayNothingOfWhoCalls() {
    var other = KEYS[0].sign(TestIssuer.claims("acme", "bob").put("agent_id", "boss"));
    var mine = KEYS[0].sign(TestIssuer.claims("acme", "ann"));
    var arguments = JsonObject.of("token", other, "agent", "boss", "account_id", "other");
    var said = Asked.said(gateway.call(arguments, "Authorization", "Bearer " + mine));
    assertThat(said.getString("subject")).isEqualTo("ann");
    assertThat(said.getString("account")).isEqualTo("acme");
    assertThat(said.getString("agent")).isNull();
    assertThat(gateway.call(arguments).statusCode()).isEqualTo(401);
  }

  @Test
  void headersSayNothingOfWhoCallsButTheToken() {
    var mine = KEYS[0].sign(TestIssuer.claims("acme", "ann"));
    var said = Asked.said(gateway.call(
        "Authorization", "Bearer " + mine,
        "X-User", "bob",
        "X-Account-Id", "other",
        "Caller", "bob",
        "X-Forwarded-User", "bob"));
    assertThat(said.getString("subject")).isEqualTo("ann");
    assertThat(said.getString("account")).isEqualTo("acme");
  }

  @Test
  void aSessionIsUnknownToEverybodyButItsOwner() {
    var session = initialize(token("acme", "ann", null));
    assertThat(listInSession(session, token("acme", "ann", null))).isEqualTo(200);
    assertThat(listInSession(session, token("acme", "bob", null))).isEqualTo(404);
    assertThat(listInSession(session, token("other", "ann", null))).isEqualTo(404);
    assertThat(listInSession(session, token("acme", "ann", "robot"))).isEqualTo(404);
    assertThat(listInSession(session, "not.a.token")).isEqualTo(401);
    assertThat(listInSession("no-such-session", token("acme", "bob", null))).isEqualTo(404);
  }

  @Test
  void namesThatLookAlikeWhenPutTogetherAreNotTheSame() {
    var session = initialize(token("a b", "c", null));
    assertThat(listInSession(session, token("a", "b c", null))).isEqualTo(404);
    assertThat(listInSession(session, token("a b", "c", null))).isEqualTo(200);
  }

  private static String token(String account, String subject, String agent) {
    var claims = TestIssuer.claims(account, subject);
    return KEYS[1].sign(agent == null ? claims : claims.put("agent_id", agent));
  }

  private static String initialize(String token) {
    var hello = Talk.initializeMessage("2025-11-25", new JsonObject()).encode();
    return gateway
        .gateway()
        .post(hello, "Authorization", "Bearer " + token)
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
  }

  private static int listInSession(String session, String token) {
    return gateway
        .gateway()
        .post(
            Talk.message(1, "tools/list", new JsonObject()).encode(),
            "Mcp-Session-Id",
            session,
            "Authorization",
            "Bearer " + token)
        .statusCode();
  }

  @Test
  void aListOfToolsNeedsATokenInBothEras() {
    var modern = RunningGateway.modernBody("tools/list", new JsonObject());
    var legacy = Talk.message(1, "tools/list", new JsonObject()).encode();
    var hello = Talk.initializeMessage("2025-11-25", new JsonObject()).encode();
    for (var body : List.of(modern, legacy, hello, "nonsense", "[]")) {
      var answer = gateway.gateway().post(body);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(Asked.REFUSAL);
    }
  }
}
