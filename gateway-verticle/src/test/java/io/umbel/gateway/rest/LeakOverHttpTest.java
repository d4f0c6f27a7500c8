package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.TailoredTools;
import io.umbel.contract.ToolVerticle;
import io.umbel.gateway.ScopedTools;
import io.umbel.gateway.Talk;
import io.umbel.gateway.WhoTools;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.rest.Member.Home;
import io.umbel.gateway.rest.Member.Kind;
import io.umbel.storage.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many users of several accounts with signed tokens, all at once, over HTTP and two gateways, in
 * both eras: every answer is exactly the caller's own.
 */
@Timeout(120)
class LeakOverHttpTest {

  private static final int REQUESTS = 1_000;
  private static final int USERS = 12;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private final TailoredTools tailored = new TailoredTools();
  private final List<Home> homes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final Map<Member, String> sessions = new HashMap<>();
  private final Random random = new Random(4);
  private Vertx vertx;
  private HttpClient http;
  private RestGateways gateways;

  @BeforeEach
  void start() {
    var unused = new ArrayList<>(List.of(tailored));
    gateways = new RestGateways(TestDatabase.fresh(), RateSettings.NONE, () -> families(unused));
    vertx = Vertx.vertx();
    http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(32));
    homes.add(home("north", null));
    homes.add(home("south", "who"));
    homes.add(home("east", "plain"));
    for (var home : homes) {
      for (int i = 0; i < USERS; i++) {
        members.add(new Member(home, "user" + i, KINDS.get(i % KINDS.size())));
      }
    }
    members.forEach(member -> sessions.put(member, session(member)));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    gateways.close();
  }

  /** The first node's are the test's own, since both gateways ask it. */
  private static List<ToolVerticle> families(List<TailoredTools> unused) {
    var one = unused.isEmpty() ? new TailoredTools() : unused.remove(0);
    return List.of(one, new WhoTools(), new ScopedTools());
  }

  private Home home(String account, String switchedOff) {
    var admin = gateways.admin(account);
    var project = made(admin, "projects", JsonObject.of("key", "web", "name", "Web"));
    var other = made(admin, "projects", JsonObject.of("key", "ops", "name", "Ops"));
    var agent = made(admin, "agents", JsonObject.of("name", "builder", "type", "coder"));
    var grant = JsonObject.of("agent_id", agent, "project_id", project, "role", "writer");
    made(admin, "grants", grant);
    if (switchedOff != null) {
      var off = JsonObject.of("is_enabled", false);
      assertThat(admin.put("/api/v1/tools/" + switchedOff, "*", off).status()).isEqualTo(200);
    }
    return new Home(account, project, other, agent, switchedOff);
  }

  private static String made(RestClient admin, String what, JsonObject body) {
    var said = admin.post("/api/v1/" + what, body);
    assertThat(said.status()).as(said.response().body()).isEqualTo(201);
    return said.id();
  }

  private String session(Member member) {
    var hello = Talk.initializeMessage("2025-11-25", new JsonObject());
    return http.request(HttpMethod.POST, gateways.a.port(), "127.0.0.1", "/mcp")
        .compose(request -> request
            .putHeader("Content-Type", "application/json")
            .putHeader("Authorization", "Bearer " + member.token(-1))
            .send(hello.toBuffer()))
        .map(response -> response.getHeader("Mcp-Session-Id"))
        .await();
  }

  @Test
  void aThousandCallsAndListsAreEachTheirOwnCallers() {
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < REQUESTS; i++) {
      all.add(one(i, anyone(), anyone()));
      if (i % 100 == 99) {
        tailored.changed(homes.get(i / 100 % homes.size()).account());
      }
    }
    Future.join(all).await();
    assertThat(all).hasSize(REQUESTS);
  }

  private Member anyone() {
    return members.get(random.nextInt(members.size()));
  }

  private Future<?> one(int i, Member member, Member other) {
    return switch (i % 7) {
      case 0 -> list(i, member, "tools").map(result -> OwnAnswers.isOwnList(result, member));
      case 1 -> list(i, member, "prompts").map(result -> OwnAnswers.isOnly(result, member));
      case 2 ->
        call(i, member, "form", JsonObject.of(member.subject() + "_field", "x"))
            .map(answer -> OwnAnswers.isBy(answer, member));
      case 3 ->
        call(i, member, "only_" + other.subject(), new JsonObject())
            .map(answer -> OwnAnswers.isOwnTool(answer, member, "only_" + other.subject()));
      case 4 ->
        call(i, member, "who", new JsonObject()).map(answer -> OwnAnswers.isWho(answer, member));
      case 5 -> {
        var arguments = JsonObject.of("project_id", other.home().project());
        yield call(i, member, "peek", arguments)
            .map(answer -> OwnAnswers.isIn(answer, member, other.home()));
      }
      default -> {
        var params = JsonObject.of("uri", "own://" + other.subject());
        yield ask(i, member, "resources/read", params)
            .map(answer -> OwnAnswers.isOwnResource(answer, member, other.subject()));
      }
    };
  }

  private Future<JsonObject> list(int i, Member member, String what) {
    return ask(i, member, what + "/list", new JsonObject())
        .map(answer -> answer.getJsonObject("result"));
  }

  private Future<JsonObject> call(int i, Member member, String tool, JsonObject arguments) {
    return ask(i, member, "tools/call", JsonObject.of("name", tool, "arguments", arguments));
  }

  /** Of every other request the token is a new one. */
  private Future<JsonObject> ask(int i, Member member, String method, JsonObject params) {
    var modern = random.nextBoolean();
    var gateway = random.nextBoolean() ? gateways.a : gateways.b;
    var token = member.token(i % 2 == 0 ? 0 : i);
    var message = modern
        ? Talk.modernMessage(i, method, params, new JsonObject())
        : Talk.message(i, method, params);
    return http.request(HttpMethod.POST, gateway.port(), "127.0.0.1", "/mcp")
        .compose(request -> {
          request
              .putHeader("Content-Type", "application/json")
              .putHeader("Authorization", "Bearer " + token);
          if (modern) {
            request.putHeader("MCP-Protocol-Version", "2026-07-28").putHeader("Mcp-Method", method);
            var name = params.getString("name", params.getString("uri"));
            return (name == null ? request : request.putHeader("Mcp-Name", name))
                .send(message.toBuffer());
          }
          return request.putHeader("Mcp-Session-Id", sessions.get(member)).send(message.toBuffer());
        })
        .compose(HttpClientResponse::body)
        .map(body -> {
          assertThat(body.toJsonObject().getInteger("id")).isEqualTo(i);
          return body.toJsonObject();
        });
  }
}
