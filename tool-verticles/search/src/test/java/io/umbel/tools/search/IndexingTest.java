package io.umbel.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The index follows the issues, whatever is lost on the way and whoever dies. */
class IndexingTest extends SearchFamily {

  @Test
  void whatIsWrittenIsFoundWithinAMoment() {
    issues.put("acme", "WEB-0", text("First", ""));
    awaitKeys("WEB-0", query("first"));
    var begun = System.nanoTime();
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    assertThat((System.nanoTime() - begun) / 1_000_000_000.0).isLessThan(3);
  }

  @Test
  void whatChangesIsFoundAsItIsAndWhatIsGoneIsNot() {
    var said = JsonArray.of(IssuesTools.comment("b", "about a ferry"));
    issues.put("acme", "WEB-1", text("A boat", "", "bug").put("comments", said));
    issues.put("acme", "WEB-2", text("A boat", ""));
    awaitKeys("WEB-2 WEB-1", query("boat"));
    awaitKeys("(WEB-1) WEB-1", query("ferry"));
    issues.put("acme", "WEB-1", text("A ship", "", "task"));
    awaitKeys("WEB-2", query("boat"));
    assertThat(keys(found("ship"))).isEqualTo("WEB-1");
    assertThat(keys(found("ferry"))).isEmpty();
    assertThat(keys(found(ANN, query("").put("labels", JsonArray.of("bug"))))).isEmpty();
    issues.remove("acme", "WEB-2");
    awaitKeys("", query("boat"));
    assertThat(keys(found(""))).isEqualTo("WEB-1");
  }

  @Test
  void whatATrackerLeavesOutOrTakesBackIsFoundAccordingly() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    issues.project("acme", "WEB", JsonObject.of("in_scope", false));
    awaitKeys("", query("boat"));
    issues.project("acme", "WEB", JsonObject.of("in_scope", true, "is_active", false));
    awaitKeys("", query("boat"));
    issues.put("acme", "WEB-2", text("Another boat", ""));
    issues.project("acme", "WEB", JsonObject.of("in_scope", true, "is_active", true));
    awaitKeys("WEB-2 WEB-1", query("boat"));
    issues.drop("acme", "WEB");
    awaitKeys("", query("boat"));
    awaitThat(() -> count("issues") == 0);
  }

  @Test
  void whatIsLostOnTheWayIsReadAMinuteLater() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    issues.isSilent = true;
    issues.put("acme", "WEB-2", text("A boat", ""));
    TestDatabase.execute(
        database(), "UPDATE search.accounts SET read_at = now() - interval '2 minutes'");
    awaitKeys("WEB-2 WEB-1", query("boat"));
  }

  @Test
  void whatAnInstanceThatDiedHasHoldOfIsReadByAnotherSoon() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    awaitThat(() -> count("accounts WHERE claimed_by IS NULL") == 1);
    TestDatabase.execute(
        database(),
        "UPDATE search.accounts SET claimed_by = 'dead', claimed_until = now() + interval '2 s'");
    issues.put("acme", "WEB-2", text("A boat", ""));
    awaitKeys("WEB-2 WEB-1", query("boat"));
  }

  @Test
  void whoWasAwayReadsOnWhereItWas() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    issues.isSilent = true;
    issues.put("acme", "WEB-2", text("A boat", ""));
    var second = node().deploy(new SearchTools());
    awaitKeys("WEB-2 WEB-1", query("boat"));
    node().vertx().undeploy(second).await();
  }

  @Test
  void severalInstancesLoseNothingWhoeverOfThemGoes() {
    var instances = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      instances.add(node().deploy(new SearchTools()));
    }
    for (int i = 1; i <= 60; i++) {
      issues.put("acme", "WEB-" + i, text("A boat", ""));
      if (i % 20 == 0) {
        node().vertx().undeploy(instances.remove(0)).await();
      }
    }
    awaitThat(() -> found("boat").getInteger("total") == 60);
    assertThat(count("issues")).isEqualTo(60);
  }

  @Test
  void aRebuildReadsEverythingAgainAndLeavesNothingOld() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    issues.put("acme", "WEB-2", text("A boat", ""));
    awaitKeys("WEB-2 WEB-1", query("boat"));
    TestDatabase.execute(
        database(),
        "UPDATE search.issues SET words = '' WHERE key = 'WEB-1';"
            + "UPDATE search.issues SET id = gen_random_uuid(), key = 'OLD-1' WHERE key = 'WEB-2'");
    assertThat(keys(found("boat"))).isEqualTo("OLD-1");
    var answer = manage(ANN, "rebuildSearchIndex");
    assertThat(answer.getInteger("status")).isEqualTo(202);
    assertThat(answer.getJsonObject("audit").getString("action")).isEqualTo("search_index.rebuild");
    awaitKeys("WEB-2 WEB-1", query("boat"));
    awaitThat(() -> standing().getBoolean("is_caught_up"));
    assertThat(standing().getInteger("issues")).isEqualTo(2);
    assertThat(standing().getInteger("comments")).isZero();
    assertThat(standing().getInteger("vectors")).isZero();
    assertThat(standing().getString("read_at")).isNotNull();
  }

  @Test
  void whoAsksOfAnotherAccountIsToldOfNone() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    var theirs = manage(EVE, "getSearchIndex").getJsonObject("body");
    assertThat(theirs.getInteger("issues")).isZero();
    assertThat(theirs.getBoolean("is_caught_up")).isFalse();
    assertThat(manage(EVE, "sing").getInteger("status")).isEqualTo(404);
  }

  @Test
  void saysSoAsLongAsNotEverythingIsRead() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    assertThat(found("boat").getJsonArray("degraded")).doesNotContain("index_incomplete");
    TestDatabase.execute(database(), "UPDATE search.accounts SET caught_up = false");
    assertThat(found("boat").getJsonArray("degraded")).contains("index_incomplete");
  }

  private JsonObject standing() {
    return manage(ANN, "getSearchIndex").getJsonObject("body");
  }

  private int count(String rows) {
    var counts = new ArrayList<String>();
    TestDatabase.query(database(), "SELECT count(*)::text FROM search." + rows, counts::add);
    return Integer.parseInt(List.copyOf(counts).get(0));
  }
}
