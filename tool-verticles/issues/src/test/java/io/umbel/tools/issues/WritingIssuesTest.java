package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.CONFLICT;
import static io.umbel.contract.ErrorCode.INVALID_ARGUMENT;
import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static io.umbel.contract.ErrorCode.NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Call;
import io.umbel.contract.Outcome;
import io.umbel.storage.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is changed: all of it or nothing, once, and told. */
class WritingIssuesTest extends IssuesFamily {

  @Test
  void changesWhatIsGivenAndNothingElse() {
    ok(ANN, "create_issue", issueOf("One").put("assignee", "ben").put("priority", "low"));
    var before = ok(ANN, "get_issue", asked("issue", "WEB-1"));
    var after = ok(
        ANN,
        "update_issue",
        JsonObject.of("issue", "WEB-1", "assignee", "", "status", "done")
            .put("labels", JsonArray.of("x"))
            .put("comment", "Over."));
    assertThat(after.getJsonArray("updated_fields"))
        .isEqualTo(JsonArray.of("status", "labels", "assignee", "comment"));
    assertThat(after.getValue("assignee")).isNull();
    assertThat(after.getString("priority")).isEqualTo("low");
    assertThat(after.getString("description")).isEqualTo(before.getString("description"));
    assertThat(after.getString("revision")).isNotEqualTo(before.getString("revision"));
    assertThat(after.getString("updated_at")).isGreaterThan(before.getString("updated_at"));
    assertThat(ok(ANN, "list_comments", asked("issue", "WEB-1")).getJsonArray("comments"))
        .hasSize(1);
    var cleared = ok(ANN, "update_issue", JsonObject.of("issue", "WEB-1", "description", ""));
    assertThat(cleared.getString("description")).isEmpty();
  }

  @Test
  void aChangeOfNothingIsNone() {
    issue(ANN, "One");
    var before = ok(ANN, "get_issue", asked("issue", "WEB-1"));
    var after = ok(ANN, "update_issue", asked("issue", "WEB-1"));
    assertThat(after.getJsonArray("updated_fields")).isEmpty();
    assertThat(after.getString("updated_at")).isEqualTo(before.getString("updated_at"));
    var same = ok(ANN, "update_issue", JsonObject.of("issue", "WEB-1", "title", "One"));
    assertThat(same.getJsonArray("updated_fields")).isEmpty();
    assertThat(ok(ANN, "get_issue_history", asked("issue", "WEB-1")).getJsonArray("history"))
        .hasSize(1);
  }

  /** As gateways do where the node that carried it out is lost with its answer. */
  @Test
  void aChangeThatIsMadeAgainIsMadeOnce() {
    issue(ANN, "One");
    var revision = ok(ANN, "get_issue", asked("issue", "WEB-1")).getString("revision");
    var change = JsonObject.of("issue", "WEB-1", "title", "Two", "comment", "Why")
        .put("expected_revision", revision);
    var first = ok(ANN, "update_issue", change.copy());
    var again = ok(ANN, "update_issue", change.copy());
    assertThat(again.getJsonArray("updated_fields")).isEmpty();
    assertThat(again.getString("revision")).isEqualTo(first.getString("revision"));
    assertThat(again.getString("updated_at")).isEqualTo(first.getString("updated_at"));
    assertThat(ok(ANN, "list_comments", asked("issue", "WEB-1")).getJsonArray("comments"))
        .hasSize(1);
    no(ANN, CONFLICT, "update_issue", change.copy().put("comment", "Something else"));
    no(ANN, CONFLICT, "update_issue", change.copy().put("title", "Three"));
    ok(ANN, "add_comment", JsonObject.of("target", "WEB-1", "comment", "Because"));
    var repeated = JsonObject.of("issue", "WEB-1", "comment", "Why");
    assertThat(ok(ANN, "update_issue", repeated).getJsonArray("updated_fields"))
        .as("said again after something else")
        .containsExactly("comment");
  }

  @Test
  void aStaleRevisionWritesNothing() {
    issue(ANN, "One");
    var revision = ok(ANN, "get_issue", asked("issue", "WEB-1")).getString("revision");
    var change = JsonObject.of("issue", "WEB-1", "title", "Two", "expected_revision", revision);
    var now = ok(ANN, "update_issue", change).getString("revision");
    var late = change.copy().put("title", "Three").put("comment", "Not said");
    var error = no(ANN, CONFLICT, "update_issue", late);
    assertThat(error.getString("message"))
        .isEqualTo("WEB-1 was changed meanwhile, and nothing was written: read it with get_issue,"
            + " then decide again");
    assertThat(error.getJsonObject("details").getString("revision")).isEqualTo(now);
    assertThat(ok(ANN, "get_issue", asked("issue", "WEB-1")).getString("title")).isEqualTo("Two");
    assertThat(ok(ANN, "list_comments", asked("issue", "WEB-1")).getJsonArray("comments"))
        .isEmpty();
  }

  @Test
  void ofTwoThatExpectTheSameRevisionOneWins() {
    issue(ANN, "One");
    var revision = ok(ANN, "get_issue", asked("issue", "WEB-1")).getString("revision");
    var calls = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 8; i++) {
      calls.add(begin(
          "update_issue",
          JsonObject.of("issue", "WEB-1", "title", "By " + i, "expected_revision", revision)));
    }
    Future.join(calls).await();
    assertThat(calls.stream().filter(call -> ((Outcome.Result) call.result()).failure() == null))
        .hasSize(1);
  }

  @Test
  void wordsThatTheTrackerDoesNotKnowAreRefusedWithThoseThatItKnows() {
    issue(ANN, "One");
    var error =
        no(ANN, INVALID_ARGUMENT, "update_issue", JsonObject.of("issue", "WEB-1", "status", "odd"));
    assertThat(error.getString("message"))
        .isEqualTo("There is no status \"odd\" in this tracker: take one of open, in_progress,"
            + " in_review, done, closed");
    assertThat(error.getJsonObject("details").getJsonArray("allowed")).hasSize(5);
    assertThat(
            message(ANN, INVALID_ARGUMENT, "create_issue", issueOf("Two").put("priority", "mild")))
        .isEqualTo("There is no priority \"mild\" in this tracker: take one of low, medium, high,"
            + " critical");
    no(ANN, INVALID_ARGUMENT, "update_issue", JsonObject.of("issue", "WEB-1", "status", ""));
    no(ANN, INVALID_ARGUMENT, "update_issue", JsonObject.of("issue", "WEB-1", "title", " "));
    no(ANN, INVALID_ARGUMENT, "create_issue", asked("title", "x"));
    no(ANN, INVALID_ARGUMENT, "create_issue", issueOf("x".repeat(256)));
    assertThat(ok(ANN, "list_issues", new JsonObject()).getJsonArray("issues")).hasSize(1);
  }

  @Test
  void whoSendsABodyIsToldToCallItDescription() {
    var text =
        message(ANN, INVALID_ARGUMENT, "create_issue", JsonObject.of("title", "x", "body", "y"));
    assertThat(text).contains("/body: use description");
  }

  @Test
  void anOpenIssueThatSaysTheSameIsAnsweredInstead() {
    var first = JsonObject.of("title", "Printer on floor 3 eats paper")
        .put("description", "The printer of the third floor eats paper since Monday.");
    ok(ANN, "create_issue", first);
    var twin = ok(ANN, "create_issue", first.copy().put("title", "Printer on floor 3 eats papers"));
    assertThat(twin.getString("status")).isEqualTo("existing_duplicate_found");
    assertThat(twin.getString("key")).isEqualTo("WEB-1");
    assertThat(twin.getString("message"))
        .isEqualTo("Nothing was created: WEB-1 says the same and is open. Change that one, or call"
            + " again with prevent_duplicates false");
    assertThat(twin.getJsonObject("duplicate").getDouble("similarity")).isBetween(0.75, 1.0);
    var other = JsonObject.of("title", "Printer on floor 3 needs toner")
        .put("description", "Black is empty, colours are low; the spare is in the cupboard.");
    assertThat(ok(ANN, "create_issue", other).getString("status")).isEqualTo("created");
    ok(ANN, "update_issue", JsonObject.of("issue", "WEB-1", "status", "closed"));
    assertThat(ok(ANN, "create_issue", first).getString("status")).isEqualTo("created");
  }

  @Test
  void saysSoWhereATitleHasNoWordsByWhichTheSameIsFound() {
    var wordless = JsonObject.of("title", "!?", "description", "Nothing works.");
    var created = ok(ANN, "create_issue", wordless);
    assertThat(created.getString("status")).isEqualTo("created");
    assertThat(created.getString("duplicate_check")).isEqualTo("skipped");
    var wanted = wordless.copy().put("prevent_duplicates", false);
    assertThat(ok(ANN, "create_issue", wanted).containsKey("duplicate_check")).isFalse();
    var words = wordless.copy().put("title", "Nothing works");
    assertThat(ok(ANN, "create_issue", words).containsKey("duplicate_check")).isFalse();
  }

  @Test
  void twentyWhoReportTheSameAtOnceMakeOneIssue() {
    var calls = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 20; i++) {
      calls.add(begin(
          "create_issue",
          JsonObject.of("title", "The lift is stuck", "description", "Between 2 and 3.")));
    }
    Future.join(calls).await();
    assertThat(ok(ANN, "list_issues", new JsonObject()).getJsonArray("issues")).hasSize(1);
  }

  @Test
  void aRepeatedWriteAnswersWhatTheFirstOneDid() {
    var create = issueOf("One").put("idempotency_key", "k1");
    var first = ok(ANN, "create_issue", create);
    assertThat(ok(ANN, "create_issue", create)).isEqualTo(first);
    var otherwise = JsonObject.of("idempotency_key", "k1").mergeIn(create);
    assertThat(otherwise.encode()).isNotEqualTo(create.encode());
    assertThat(ok(ANN, "create_issue", otherwise)).isEqualTo(first);
    var say = JsonObject.of("target", "WEB-1", "comment", "Hm", "idempotency_key", "k1");
    assertThat(ok(ANN, "add_comment", say)).isEqualTo(ok(ANN, "add_comment", say));
    assertThat(message(ANN, CONFLICT, "create_issue", create.copy().put("title", "Two")))
        .isEqualTo(
            "This idempotency_key was used for something else within 24 hours: take another one");
    assertThat(ok(BEN, "create_issue", create).getString("key")).isEqualTo("WEB-2");
    TestDatabase.execute(
        database(), "UPDATE issues.repeats SET made_at = now() - interval '25 hours'");
    assertThat(ok(ANN, "create_issue", create).getString("key")).isEqualTo("WEB-3");
    assertThat(ok(ANN, "list_comments", asked("issue", "WEB-1")).getJsonArray("comments"))
        .hasSize(1);
  }

  @Test
  void thirtyRepeatsAtOnceWriteOnce() {
    var calls = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 30; i++) {
      calls.add(begin("create_issue", issueOf("One").put("idempotency_key", "same")));
    }
    Future.join(calls).await();
    assertThat(
            calls.stream().map(call -> ((Outcome.Result) call.result()).json()).distinct())
        .hasSize(1);
    assertThat(ok(ANN, "list_issues", new JsonObject()).getJsonArray("issues")).hasSize(1);
  }

  @Test
  void aWriteThatIsRefusedLeavesItsKeyFree() {
    var wrong = issueOf("One").put("idempotency_key", "k").put("status", "odd");
    no(ANN, INVALID_ARGUMENT, "create_issue", wrong);
    assertThat(ok(ANN, "create_issue", wrong.copy().put("status", "open")).getString("key"))
        .isEqualTo("WEB-1");
  }

  @Test
  void commentsOnLinesAreNotForLocalTrackers() {
    issue(ANN, "One");
    var say = JsonObject.of("target", "WEB-1", "comment", "Hm");
    assertThat(message(ANN, INVALID_ARGUMENT, "add_comment", say.copy().put("path", "a.c")))
        .isEqualTo("path and line belong together: give both of them, or neither");
    no(ANN, INVALID_ARGUMENT, "add_comment", say.copy().put("line", 3));
    assertThat(message(
            ANN, NOT_SUPPORTED, "add_comment", say.copy().put("path", "a.c").put("line", 3)))
        .isEqualTo("A local tracker has no comments on lines: leave out path and line");
    for (var id : new String[] {"x", "00000000-0000-0000-0000-000000000000"}) {
      assertThat(message(ANN, NOT_FOUND, "add_comment", say.copy().put("in_reply_to", id)))
          .isEqualTo("The issue has no comment \"" + id + "\": list_comments tells their ids");
    }
  }

  @Test
  void tellsWhatChangedWithoutItsText() {
    var heard = new LinkedBlockingQueue<JsonObject>();
    node()
        .vertx()
        .eventBus()
        .<Buffer>consumer(
            Bus.ISSUES,
            message -> heard.add(
                message.body().toJsonObject().put("op", message.headers().get(Header.OP))));
    issue(ANN, "Confidential");
    ok(ANN, "update_issue", JsonObject.of("issue", "WEB-1", "title", "Other"));
    ok(ANN, "add_comment", JsonObject.of("target", "WEB-1", "comment", "Hm"));
    issue(ANN, "Second");
    var link = JsonObject.of("issue", "WEB-1", "related_issue", "WEB-2", "relation", "blocks");
    ok(ANN, "link_issues", link);
    ok(ANN, "link_issues", link);
    ok(ANN, "update_issue", asked("issue", "WEB-1"));
    created(ANN, tracker("New", project("NEW", null)));
    assertThat(next(heard, 7))
        .extracting(event -> event.getString("op") + " " + event.getString("key"))
        .containsExactly(
            "issue-created WEB-1",
            "issue-updated WEB-1",
            "issue-commented WEB-1",
            "issue-created WEB-2",
            "issue-linked WEB-1",
            "issue-linked WEB-2",
            "trackers-changed null");
  }

  private static java.util.List<JsonObject> next(LinkedBlockingQueue<JsonObject> heard, int count) {
    var all = new ArrayList<JsonObject>();
    for (int i = 0; i < count; i++) {
      try {
        var event = heard.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("after %s", all).isNotNull();
        assertThat(event.getString("account")).isEqualTo("acme");
        assertThat(event.encode()).doesNotContain("Confidential", "Other");
        all.add(event);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return all;
  }

  private Future<Outcome> begin(String tool, JsonObject arguments) {
    var like = gateway().newCall(tool, arguments);
    var call = new Call(like.target(), ANN, like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call);
  }
}
