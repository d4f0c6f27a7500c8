package io.umbel.tools.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the family starts: with a tracker to try things with, or without any database. */
@Timeout(60)
class DemoTrackerTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);

  @BeforeEach
  void listen() {
    node.deploy(listener);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void anAccountGetsIssuesToTryThingsWithOnce() {
    TestDatabase.fresh().installOn(node.vertx());
    var demo = JsonObject.of(IssuesTools.DEMO_ACCOUNT, CallingGateway.CALLER.account());
    node.deploy(new IssuesTools(), demo);
    node.deploy(new IssuesTools(), demo);
    var family = listener.nextArrivalOf("issues");

    var issues = call(family, "list_issues", JsonObject.of("limit", 100)).getJsonArray("issues");
    assertThat(issues).hasSizeGreaterThan(30);
    assertThat(issues.getJsonObject(0).getString("updated_at"))
        .isNotEqualTo(issues.getJsonObject(9).getString("updated_at"));
    var first = call(family, "get_issue", JsonObject.of("issue", "WEB-3"));
    assertThat(first.getString("description")).contains("## Acceptance criteria");
    assertThat(first.getJsonArray("links").getJsonObject(0).getString("key")).isEqualTo("API-3");
  }

  @Test
  void withoutADatabaseItStartsAndHasNothing() {
    node.deploy(new IssuesTools());
    var family = listener.nextArrivalOf("issues");
    var provided =
        (Outcome.Result) gateway.provide(family, CallingGateway.CALLER).await();
    assertThat(Provided.fromBuffer(provided.json()).offers()).isEqualTo(Announcement.Offers.NONE);
  }

  private JsonObject call(Announcement family, String tool, JsonObject arguments) {
    var like = gateway.newCall(tool, arguments);
    var call = new io.umbel.contract.Call(
        like.target(),
        new io.umbel.contract.Caller(
            like.caller().account(), "ann", null, null, java.util.Set.of()),
        like.trail(),
        10_000,
        like.params());
    var result = (Outcome.Result) gateway.send(family, call).await();
    assertThat(result.failure()).as("%s", result.json()).isNull();
    return result.json().toJsonObject().getJsonObject("structuredContent");
  }
}
