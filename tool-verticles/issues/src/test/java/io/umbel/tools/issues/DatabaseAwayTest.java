package io.umbel.tools.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.storage.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Issues while the database is away, and when it is back. */
class DatabaseAwayTest extends IssuesFamily {

  private static final String AWAY =
      "The database does not answer: try again shortly, a write with the same idempotency_key";

  @Test
  void eachToolSaysSoInOneSentenceAndGoesOnWhenItIsBack() {
    var key = issue(ANN, "Export");
    connections(false);
    calls(key)
        .forEach(
            (tool, arguments) -> assertThat(message(ANN, ErrorCode.UPSTREAM_ERROR, tool, arguments))
                .as(tool)
                .isEqualTo(AWAY));
    var trackers = manage(ANN, JsonObject.of("operation", "listTrackers"));
    assertThat(trackers.getInteger("status")).isEqualTo(503);
    assertThat(trackers.getJsonObject("body").getString("detail"))
        .isEqualTo("The database does not answer, and nothing was changed: try again shortly");

    connections(true);
    calls(key).forEach((tool, arguments) -> ok(ANN, tool, arguments));
    assertThat(manage(ANN, JsonObject.of("operation", "listTrackers")).getInteger("status"))
        .isEqualTo(200);
  }

  /** Who is told to try again would do so for ever. */
  @Test
  void aStatementThatIsWrongIsNotTakenForADatabaseThatIsAway() {
    TestDatabase.execute(database(), "ALTER TABLE issues.labels RENAME TO mislaid");
    var outcome = call(ANN, "list_labels", new JsonObject());
    assertThat(outcome).isInstanceOf(Outcome.ProtocolError.class);
    assertThat(((Outcome.ProtocolError) outcome).code()).isEqualTo(-32603);
    TestDatabase.execute(database(), "ALTER TABLE issues.projects RENAME TO mislaid_too");
    var listed = managed(ANN, JsonObject.of("operation", "listTrackers"));
    assertThat(listed).isInstanceOf(Outcome.ProtocolError.class);
    assertThat(((Outcome.ProtocolError) listed).code()).isEqualTo(-32603);
  }

  private static Map<String, JsonObject> calls(String key) {
    var calls = new LinkedHashMap<String, JsonObject>();
    calls.put("get_issue", asked("issue", key));
    calls.put("list_issues", new JsonObject());
    calls.put("create_issue", issueOf("Another").put("project", "WEB"));
    calls.put("update_issue", asked("issue", key).put("title", "Other"));
    calls.put("add_comment", asked("target", key).put("comment", "Here"));
    calls.put("list_comments", asked("issue", key));
    calls.put("list_labels", new JsonObject());
    calls.put("get_issue_history", asked("issue", key));
    return calls;
  }

  private void connections(boolean allowed) {
    var name = database().database();
    TestDatabase.execute(
        TestDatabase.server(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
    if (!allowed) {
      TestDatabase.execute(
          TestDatabase.server(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }
  }
}
