package io.umbel.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.gateway.audit.AuditQueries.Filter;
import io.umbel.gateway.audit.ConfigurationChanges.Change;
import io.umbel.gateway.audit.Entry.Ending;
import io.umbel.gateway.audit.Entry.Status;
import io.umbel.gateway.audit.Entry.What;
import io.umbel.gateway.audit.Entry.Who;
import io.umbel.storage.TestDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokenChainTest {

  private static final Caller ANN = new Caller("local", "ann", "shop", "bot", Set.of());
  private static final Caller BEN = new Caller("other", "ben", null, null, Set.of());

  private final Records records = new Records(TestDatabase.fresh());

  @BeforeEach
  void write() {
    append(IntStream.range(0, 10).mapToObj(i -> entry(ANN, "tool-" + i)).toList());
    append(List.of(entry(BEN, "secret-tool")));
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void oneThatNobodyTouchedIsIntact() {
    assertThat(records.verify()).isEqualTo(new JsonObject().put("intact", true).put("rows", 10));
    assertThat(records.queries().verify("nobody").await().getBoolean("intact")).isTrue();
  }

  @Test
  void aChangedRowIsFound() {
    for (var change : List.of(
        "tool = 'other'",
        "status = 'refused'",
        "ts = ts + interval '1 microsecond'",
        "agent_id = NULL",
        "arguments_summary = '{}'",
        "duration_ms = duration_ms + 1")) {
      records.execute(
          "CREATE TABLE kept AS SELECT * FROM audit WHERE account_id = 'local' AND seq = 4");
      records.execute("UPDATE audit SET " + change + " WHERE account_id = 'local' AND seq = 4");
      var broken = records.verify();
      assertThat(broken.getBoolean("intact")).as(change).isFalse();
      assertThat(broken.getLong("rows")).isEqualTo(3);
      assertThat(broken.getJsonObject("broken").getLong("seq")).isEqualTo(4);
      assertThat(broken.getJsonObject("broken").getString("why"))
          .isEqualTo("it was changed after it was written");
      records.execute("DELETE FROM audit WHERE account_id = 'local' AND seq = 4");
      records.execute("INSERT INTO audit SELECT * FROM kept");
      records.execute("DROP TABLE kept");
    }
    assertThat(records.verify().getBoolean("intact")).isTrue();
  }

  @Test
  void aMissingRowIsFoundWhereverItWas() {
    for (var seq : List.of(10, 5, 1)) {
      records.execute("DELETE FROM audit WHERE account_id = 'local' AND seq = " + seq);
      var broken = records.verify().getJsonObject("broken");
      assertThat(broken)
          .isEqualTo(new JsonObject().put("seq", seq).put("why", "the row is missing"));
    }
  }

  @Test
  void aRowOfAnotherChainIsFound() {
    records.execute(
        "UPDATE audit SET prev_hash = repeat('f', 64) WHERE account_id = 'local' AND seq = 7");
    assertThat(records.verify().getJsonObject("broken").getString("why"))
        .isEqualTo("it does not follow the row before");
  }

  @Test
  void anEndThatWasWrittenAnewIsFound() {
    records.execute("DELETE FROM audit WHERE account_id = 'local' AND seq > 8");
    records.execute("UPDATE audit_heads SET seq = 8 WHERE account_id = 'local'");
    assertThat(records.verify().getJsonObject("broken"))
        .isEqualTo(
            new JsonObject().put("seq", 8).put("why", "it is not the one that was written last"));
  }

  @Test
  void whatWasWrittenAlreadyIsNotWrittenTwice() {
    var twice = List.of(entry(ANN, "x"), entry(ANN, "y"));
    append(twice);
    records
        .database()
        .pool()
        .withTransaction(c -> new Chain(c).append(twice, true))
        .await();
    assertThat(records.verify().getLong("rows")).isEqualTo(12);
  }

  @Test
  void findsByToolAgentProjectAndTimeInPages() {
    assertThat(tools(new Filter("tool-3", null, null, null, null))).containsExactly("tool-3");
    assertThat(tools(new Filter(null, "bot", "shop", null, null))).hasSize(10);
    assertThat(tools(new Filter(null, "nobody", null, null, null))).isEmpty();
    assertThat(tools(new Filter(null, null, "elsewhere", null, null))).isEmpty();
    assertThat(tools(new Filter(null, null, null, at("2026-01-02T00:00:00Z"), null)))
        .isEmpty();
    assertThat(tools(new Filter(null, null, null, null, at("2026-01-01T00:00:00Z"))))
        .isEmpty();
    var first = records.queries().page("local", Records.ALL, Long.MAX_VALUE, 4).await();
    assertThat(first.getString("next_cursor")).isEqualTo("7");
    var last = records.queries().page("local", Records.ALL, 5, 4).await();
    assertThat(last.getJsonArray("items")).hasSize(4);
    assertThat(last.containsKey("next_cursor")).isFalse();
  }

  @Test
  void nobodySeesTheRowsOfAnotherAccount() {
    assertThat(tools(Records.ALL)).hasSize(10).doesNotContain("secret-tool");
  }

  @Test
  void aChangeOfTheConfigurationIsOnRecordWithoutItsSecrets() {
    var change = new Change(
        ANN,
        "correlation-1",
        "update",
        "api_keys",
        new JsonObject().put("id", "k1").put("token", "abc"),
        new JsonObject().put("id", "k1").put("token", "def").put("author", "Ann"));
    var changes = new RecordedChanges(Clock.systemUTC());
    records.database().pool().withTransaction(c -> changes.record(c, change)).await();
    var row = records.rows().get(10);
    assertThat(row.getString("action")).isEqualTo("api_keys.update");
    assertThat(row.getString("user_id")).isEqualTo("ann");
    assertThat(row.getJsonObject("change").encode())
        .isEqualTo("{\"before\":{\"id\":\"k1\",\"token\":\"***\"},"
            + "\"after\":{\"id\":\"k1\",\"token\":\"***\",\"author\":\"Ann\"}}");
    assertThat(records.verify().getLong("rows")).isEqualTo(11);
  }

  private List<String> tools(Filter filter) {
    var page = records.queries().page("local", filter, Long.MAX_VALUE, 100).await();
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getString("tool"))
        .toList();
  }

  private void append(List<Entry> entries) {
    records
        .database()
        .pool()
        .withTransaction(c -> new Chain(c).append(entries, false))
        .await();
  }

  private static OffsetDateTime at(String time) {
    return OffsetDateTime.parse(time);
  }

  private static Entry entry(Caller caller, String tool) {
    var arguments = Arguments.of(Buffer.buffer("{\"ä\":\"value\"}"));
    return new Entry(
        UUID.randomUUID(),
        Instant.parse("2026-01-01T12:00:00.123456789Z"),
        new Who(caller, "::1"),
        new What(Entry.TOOL_CALL, tool, "sample", arguments, null),
        new Ending(Status.SUCCEEDED, 1.25, null, null),
        "correlation-1");
  }
}
