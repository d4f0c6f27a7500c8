package io.umbel.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Caller;
import io.umbel.gateway.audit.AuditDesk.Refused;
import io.umbel.gateway.audit.ConfigurationChanges.Change;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditDeskTest {

  private static final Caller ANN = caller("one", "view_audit");
  private static final Caller BEN = caller("two", "admin");

  private final Records records = new Records(TestDatabase.fresh());
  private final AuditDesk desk = new AuditDesk(records.queries());

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void showsToEachTheRecordOfTheirOwnAccount() {
    for (var i = 0; i < 3; i++) {
      change(ANN, "p" + i);
    }
    change(BEN, "other");
    assertThat(desk.list(ANN, Map.of()).await().getJsonArray("items")).hasSize(3);
    var others = desk.list(BEN, Map.of()).await();
    assertThat(others.getJsonArray("items")).hasSize(1);
    assertThat(others.encode()).contains("other").doesNotContain("p1");
    assertThat(desk.verify(BEN).await().encode()).isEqualTo("{\"intact\":true,\"rows\":1}");
  }

  @Test
  void givesPagesThatFollowEachOther() {
    for (var i = 0; i < 5; i++) {
      change(ANN, "p" + i);
    }
    var first = desk.list(ANN, Map.of("limit", "3")).await();
    var second = desk.list(ANN, Map.of("limit", "3", "cursor", first.getString("next_cursor")))
        .await();
    assertThat(first.getJsonArray("items")).hasSize(3);
    assertThat(second.getJsonArray("items")).hasSize(2);
    assertThat(second.containsKey("next_cursor")).isFalse();
  }

  @Test
  void tellsNothingWithoutTheScope() {
    for (var scope : Set.of("view", "audit", "mcp:read")) {
      assertRefused(403, "To see the record takes the scope view_audit", scope);
    }
  }

  private void assertRefused(int status, String words, String scope) {
    var caller = caller("one", scope);
    assertThatThrownBy(() -> desk.list(caller, Map.of()).await())
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessage(words);
    assertThatThrownBy(() -> desk.verify(caller).await()).hasMessage(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from | yesterday | is no time such as 2026-01-31T12:00:00Z",
        "to | 2026-01-31 | is no time such as 2026-01-31T12:00:00Z",
        "limit | 0 | is no whole number from 1 to 200",
        "limit | 201 | is no whole number from 1 to 200",
        "limit | x | is no whole number from 1 to 200",
        "cursor | -1 | is not the next_cursor of an answer",
        "account | two | is not known: there are agent_id, cursor, from, limit, project_id, to, tool"
      })
  void saysWhatCannotBeUsed(String name, String value, String why) {
    assertThatThrownBy(() -> desk.list(ANN, Map.of(name, value)).await())
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("The parameter " + name + " " + why);
  }

  @Test
  void verifiesARecordOnceAtATime() {
    var first = desk.verify(ANN);
    assertThatThrownBy(() -> desk.verify(ANN).await())
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(409));
    assertThat(first.await().getBoolean("intact")).isTrue();
    assertThat(desk.verify(ANN).await().getBoolean("intact")).isTrue();
  }

  private void change(Caller caller, String id) {
    var change =
        new Change(caller, "correlation-1", "create", "projects", null, JsonObject.of("id", id));
    records
        .database()
        .pool()
        .withTransaction(c -> new RecordedChanges(Clock.systemUTC()).record(c, change))
        .await();
  }

  private static Caller caller(String account, String scope) {
    return new Caller(account, "someone", null, null, Set.of(scope));
  }
}
