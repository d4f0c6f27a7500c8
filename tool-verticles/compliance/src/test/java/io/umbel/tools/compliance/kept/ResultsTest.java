package io.umbel.tools.compliance.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.LoneNode;
import io.umbel.storage.Database;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, in a database and without one. */
@Timeout(60)
class ResultsTest {

  private static final Standard DOR = new Standard("acme", "dor", "rules", "rules-1");
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");

  private final LoneNode node = new LoneNode();

  @AfterEach
  void close() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsWhatWasKeptByItsWholeKey(boolean database) {
    var results = open(database);
    var judged = judged("a", THEN);
    results.keep(DOR, Map.of("1", judged, "2", judged("b", THEN))).await();
    assertThat(results.find(DOR, List.of("1", "3")).await()).isEqualTo(Map.of("1", judged));
    for (var other : List.of(
        new Standard("other", "dor", "rules", "rules-1"),
        new Standard("acme", "risk", "rules", "rules-1"),
        new Standard("acme", "dor", "llm", "rules-1"),
        new Standard("acme", "dor", "rules", "rules-2"))) {
      assertThat(results.find(other, List.of("1", "2")).await()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTheLastOfEachIssue(boolean database) {
    var results = open(database);
    results.keep(DOR, Map.of("1", judged("a", THEN))).await();
    var later = judged("b", THEN.plusSeconds(60));
    results.keep(DOR, Map.of("1", later)).await();
    assertThat(results.find(DOR, List.of("1")).await()).isEqualTo(Map.of("1", later));
    results.keep(DOR, Map.of()).await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsAllThatIsKnownOfAnIssueAsItIs(boolean database) {
    var results = open(database);
    var risk = new Standard("acme", "risk", "llm", "judge-7b");
    results.keep(DOR, Map.of("1", judged("a", THEN), "2", judged("a", THEN))).await();
    results.keep(risk, Map.of("1", judged("a", THEN))).await();
    results
        .keep(new Standard("acme", "invest", "rules", "rules-1"), Map.of("1", judged("b", THEN)))
        .await();
    results
        .keep(new Standard("other", "dor", "rules", "rules-1"), Map.of("1", judged("a", THEN)))
        .await();
    assertThat(results.of("acme", "1", "a".repeat(64)).await())
        .containsExactlyInAnyOrder(
            new Kept(DOR, judged("a", THEN)), new Kept(risk, judged("a", THEN)));
    assertThat(results.of("acme", "3", "a".repeat(64)).await()).isEmpty();
  }

  @Test
  void forgetsWhatIsOld() {
    var results = (StoredResults) open(true);
    var young = judged("b", THEN.plusSeconds(60));
    results.keep(DOR, Map.of("1", judged("a", THEN), "2", young)).await();
    results.forgetBefore(THEN.plusSeconds(1)).await();
    assertThat(results.find(DOR, List.of("1", "2")).await()).isEqualTo(Map.of("2", young));
  }

  private Results open(boolean database) {
    if (!database) {
      return new RememberedResults();
    }
    var tables = Database.open(node.vertx(), TestDatabase.fresh(), "compliance").await();
    return StoredResults.open(node.vertx(), tables.pool());
  }

  private static Judged judged(String what, Instant updated) {
    var json = new JsonObject().put("compliance_factor", .5).put("reason", what + " – ✓ \"x\"");
    return new Judged(what.repeat(64), json, THEN, updated);
  }
}
