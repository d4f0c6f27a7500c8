package io.umbel.tools.compliance;

import static io.umbel.contract.CallingGateway.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Estimates while the database is away, and when it is back. */
@Timeout(60)
class DatabaseAwayTest {

  private static final String SERVER_AWAY =
      "What the language model may cost cannot be counted: the database is away;"
          + " method \"rules\" needs none";

  private final LoneNode node = new LoneNode();
  private final CallingGateway gateway = new CallingGateway(node);
  private final Listener listener = new Listener();
  private final DatabaseUrl database = TestDatabase.fresh();
  private final IssuesTools issues = new IssuesTools();
  private ChatServer chat;
  private Announcement family;

  @BeforeEach
  void start() {
    database.installOn(node.vertx());
    chat = new ChatServer(node.vertx());
    node.deploy(listener);
    issues.trackers.add(CALLER.account());
    issues.put(CALLER.account(), "WEB-1", "Add CSV export", "Users need it for reports.");
    node.deploy(new ComplianceTools(), chat.configuration());
    family = listener.nextArrivalOf("compliance");
    node.deploy(issues);
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (!(call(asking("rules")) instanceof Outcome.Result)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @AfterEach
  void end() {
    node.close();
  }

  @Test
  void judgesByRulesAndAsksNoModelThatItCannotCount() {
    assertThat(result(asking("auto")).getString("method")).isEqualTo("llm");
    connections(false);
    var away = result(asking("auto").put("refresh", true));
    assertThat(away.getString("method")).isEqualTo("rules");
    assertThat(away.getJsonArray("degraded")).containsExactly("llm_unavailable");
    var refused = (Outcome.Result) call(asking("llm").put("refresh", true));
    assertThat(refused.failure()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(refused
            .json()
            .toJsonObject()
            .getJsonObject("structuredContent")
            .getJsonObject("error")
            .getString("message"))
        .isEqualTo(SERVER_AWAY);
    assertThat(chat.asked).hasSize(1);
    assertThat(known().getInteger("status")).isEqualTo(503);
    assertThat(known().getJsonObject("body").getString("detail"))
        .isEqualTo("Results cannot be read");

    connections(true);
    assertThat(result(asking("auto").put("refresh", true)).getString("method")).isEqualTo("llm");
    assertThat(known().getJsonArray("body")).hasSize(2);
  }

  private void connections(boolean allowed) {
    var name = database.database();
    TestDatabase.execute(
        TestDatabase.server(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
    if (!allowed) {
      TestDatabase.execute(
          TestDatabase.server(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }
  }

  private JsonObject known() {
    var seal = new CallerSeal(node.node().secret(), node.clock());
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(CALLER, "compliance"));
    var issue = JsonObject.of("id", "id-of-WEB-1", "key", "WEB-1", "title", "Add CSV export")
        .put("description", "Users need it for reports.");
    var request = JsonObject.of("operation", "listIssueResults", "body", issue);
    var outcome = gateway.request(family, request.toBuffer(), options).await();
    return ((Outcome.Result) outcome).json().toJsonObject();
  }

  private Outcome call(JsonObject arguments) {
    return gateway
        .send(family, gateway.newCall("estimate_compliance", arguments))
        .await();
  }

  private JsonObject result(JsonObject arguments) {
    var outcome = (Outcome.Result) call(arguments);
    assertThat(outcome.failure()).as("%s", outcome.json()).isNull();
    return outcome
        .json()
        .toJsonObject()
        .getJsonObject("structuredContent")
        .getJsonArray("results")
        .getJsonObject(0);
  }

  private static JsonObject asking(String method) {
    return JsonObject.of("issues", JsonArray.of("WEB-1"), "method", method);
  }
}
