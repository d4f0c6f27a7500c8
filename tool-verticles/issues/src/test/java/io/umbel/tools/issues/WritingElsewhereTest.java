package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.CONFLICT;
import static io.umbel.contract.ErrorCode.INTERNAL;
import static io.umbel.contract.ErrorCode.INVALID_ARGUMENT;
import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static io.umbel.contract.ErrorCode.UPSTREAM_ERROR;
import static io.umbel.contract.ErrorCode.UPSTREAM_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Call;
import io.umbel.contract.Outcome;
import io.umbel.storage.TestDatabase;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Status;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes to trackers on other servers: there first, here then, and never twice. */
class WritingElsewhereTest extends ElsewhereFamily {

  @BeforeEach
  void addCode() {
    created(ANN, remote("github", "Code", "acme/web"));
  }

  @Test
  void whatTheTrackerTookIsKept() {
    var made = ok(ANN, "create_issue", issue("One").put("status", "somehow"));
    assertThat(made.getString("key")).isEqualTo("acme/web#7");
    assertThat(made.getString("url")).isEqualTo("https://there/acme/web/7");
    var changed = ok(ANN, "update_issue", JsonObject.of("issue", "acme/web#7", "status", "closed"));
    assertThat(changed.getString("status")).isEqualTo("closed");
    assertThat(changed.getJsonObject("meta_data").getString("status_category")).isEqualTo("done");
    assertThat(ok(ANN, "get_issue", asked("issue", "https://there/acme/web/7")).getString("status"))
        .isEqualTo("closed");
    assertThat(asked()).containsExactly("create One", "update 7 [status]");
  }

  @Test
  void noTransactionIsOpenWhileTheTrackerIsAsked() {
    ok(ANN, "create_issue", issue("One"));
    var open = new ArrayList<String>();
    there.before = () -> {
      TestDatabase.query(
          database(),
          "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
              + " AND application_name = 'umbel-issues' AND state <> 'idle'",
          open::add);
      return Future.succeededFuture();
    };
    ok(ANN, "create_issue", issue("Two").put("idempotency_key", "k"));
    ok(ANN, "update_issue", JsonObject.of("issue", "acme/web#7", "title", "x", "comment", "y"));
    ok(ANN, "add_comment", JsonObject.of("target", "acme/web#7", "comment", "Hm"));
    ok(
        ANN,
        "link_issues",
        JsonObject.of("issue", "acme/web#7", "related_issue", "acme/web#8", "relation", "blocks"));
    assertThat(there.asked).hasSize(7);
    assertThat(open).isEmpty();
  }

  @Test
  void whereTheTrackerSaysNoNothingChangesHere() {
    ok(ANN, "create_issue", issue("One"));
    var before = ok(ANN, "get_issue", asked("issue", "acme/web#7"));
    there.before = () -> Future.failedFuture(new Refused(UPSTREAM_ERROR, "Code is broken", null));
    var change = JsonObject.of("issue", "acme/web#7", "title", "Two");
    assertThat(message(ANN, UPSTREAM_ERROR, "update_issue", change)).isEqualTo("Code is broken");
    assertThat(ok(ANN, "get_issue", asked("issue", "acme/web#7"))).isEqualTo(before);
    var key = issue("Three").put("idempotency_key", "k");
    no(ANN, UPSTREAM_ERROR, "create_issue", key);
    there.before = Future::succeededFuture;
    assertThat(ok(ANN, "create_issue", key).getString("status")).isEqualTo("created");
  }

  @Test
  void whereNothingIsToChangeTheTrackerIsNotAsked() {
    ok(ANN, "create_issue", issue("One"));
    asked();
    assertThat(ok(ANN, "update_issue", JsonObject.of("issue", "acme/web#7", "title", "One"))
            .getJsonArray("updated_fields"))
        .isEmpty();
    ok(
        ANN,
        "create_issue",
        JsonObject.of("title", "One", "description", "What One means").put("project", "acme/web"));
    assertThat(asked()).isEmpty();
  }

  @Test
  void whatOnlyTheTrackerHasIsSaidAndNotDoneAgain() {
    there.before = () -> {
      TestDatabase.execute(database(), "ALTER TABLE issues.issues RENAME TO hidden");
      return Future.succeededFuture();
    };
    var one = issue("One").put("prevent_duplicates", false).put("idempotency_key", "k");
    var error = no(ANN, INTERNAL, "create_issue", one);
    assertThat(error.getString("message"))
        .isEqualTo("The tracker has it, but Umbel could not keep its copy: do not do it again, the"
            + " next sync brings it");
    assertThat(error.getJsonObject("details")).isEqualTo(asked("tracker_updated", true));
    assertThat(error.getBoolean("retryable")).isFalse();
    there.before = Future::succeededFuture;
    TestDatabase.execute(database(), "ALTER TABLE issues.hidden RENAME TO issues");
    assertThat(no(ANN, CONFLICT, "create_issue", one).getJsonObject("details"))
        .isEqualTo(asked("may_have_been_done", true));
    assertThat(asked()).containsExactly("create One");
  }

  @Test
  void whatMayHaveBeenDoneIsNeverDoneTwiceForTheSameKey() {
    var details = asked("may_have_been_done", true);
    there.before =
        () -> Future.failedFuture(new Refused(UPSTREAM_TIMEOUT, "Code: No answer", details));
    var one = issue("One").put("idempotency_key", "k");
    var error = no(ANN, UPSTREAM_TIMEOUT, "create_issue", one);
    assertThat(error.getString("message"))
        .isEqualTo("Code: No answer. It may have been done all the same: look before you do it"
            + " again");
    there.before = () -> Future.failedFuture(new IllegalStateException("no JSON"));
    var two = issue("Two").put("idempotency_key", "k2");
    assertThat(no(ANN, UPSTREAM_ERROR, "create_issue", two).getJsonObject("details"))
        .isEqualTo(details);
    there.before = Future::succeededFuture;
    for (var again : List.of(one, two)) {
      var conflict = no(ANN, CONFLICT, "create_issue", again);
      assertThat(conflict.getString("message"))
          .isEqualTo("The first call with this idempotency_key was cut off, and nobody knows"
              + " whether the tracker did it: look, and take another key if it did not");
      assertThat(conflict.getJsonObject("details")).isEqualTo(details);
    }
    assertThat(asked()).containsExactly("create One", "create Two");
  }

  @Test
  void whoeverComesWithTheSameKeyMeanwhileIsAnsweredTheSame() {
    var hold = Promise.<Void>promise();
    there.before = hold::future;
    var calls = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < 5; i++) {
      calls.add(begin("create_issue", issue("One").put("idempotency_key", "k")));
    }
    awaitAsked(1);
    hold.complete();
    Future.join(calls).await();
    assertThat(
            calls.stream().map(call -> ((Outcome.Result) call.result()).json()).distinct())
        .hasSize(1);
    assertThat(asked()).containsExactly("create One");
    assertThat(message(ANN, CONFLICT, "create_issue", issue("Two").put("idempotency_key", "k")))
        .isEqualTo(
            "This idempotency_key was used for something else within 24 hours: take another one");
  }

  @Test
  void aKeyWhoseNodeWasLostAnswersThatNobodyKnows() {
    var hold = Promise.<Void>promise();
    there.before = hold::future;
    begin("create_issue", issue("One").put("idempotency_key", "k"));
    awaitAsked(1);
    assertThat(message(ANN, CONFLICT, "create_issue", issue("One").put("idempotency_key", "k")))
        .isEqualTo("The first call with this idempotency_key is still in progress: call again in a"
            + " moment");
    TestDatabase.execute(
        database(), "UPDATE issues.repeats SET made_at = now() - interval '61 seconds'");
    no(ANN, CONFLICT, "create_issue", issue("One").put("idempotency_key", "k"));
    assertThat(asked()).containsExactly("create One");
  }

  @Test
  void aCommentIsAnsweredByWhatTheTrackerCallsIt() {
    ok(ANN, "create_issue", issue("One"));
    var first = ok(ANN, "add_comment", JsonObject.of("target", "acme/web#7", "comment", "Hm"));
    var id = first.getString("comment_id");
    var reply = JsonObject.of("target", "acme/web#7", "comment", "Ah", "in_reply_to", id);
    ok(ANN, "add_comment", reply);
    assertThat(asked()).containsExactly("create One", "comment 7 re null", "comment 7 re c3");
    var comments = ok(ANN, "list_comments", asked("issue", "acme/web#7")).getJsonArray("comments");
    assertThat(comments.getJsonObject(1).getString("in_reply_to")).isEqualTo(id);
    no(ANN, NOT_FOUND, "add_comment", reply.copy().put("in_reply_to", "c2"));
  }

  @Test
  void anExpectedRevisionIsHeldAgainstWhatTheTrackerHasNow() {
    ok(ANN, "create_issue", issue("One"));
    var read = ok(ANN, "get_issue", asked("issue", "acme/web#7"));
    there.issues.put(
        "7", new Fields("Theirs", "d", new Status("open", "todo", null), null, List.of(), null));
    var change = JsonObject.of("issue", "acme/web#7", "title", "Mine")
        .put("expected_revision", read.getString("revision"));
    var error = no(ANN, CONFLICT, "update_issue", change);
    var now = ok(ANN, "get_issue", asked("issue", "acme/web#7"));
    assertThat(now.getString("title")).isEqualTo("Theirs");
    assertThat(error.getJsonObject("details").getString("revision"))
        .isEqualTo(now.getString("revision"));
    var again = change.copy().put("expected_revision", now.getString("revision"));
    assertThat(ok(ANN, "update_issue", again).getString("title")).isEqualTo("Mine");
    assertThat(ok(ANN, "get_issue_history", asked("issue", "acme/web#7"))
            .getJsonArray("history")
            .encode())
        .contains("\"actor\":\"Code\"");
    there.issues.clear();
    assertThat(message(ANN, NOT_FOUND, "update_issue", again.put("title", "z")))
        .isEqualTo("The tracker has acme/web#7 no more");
  }

  @Test
  void aChangeWhoseCommentFailsSaysWhatWasDone() {
    ok(ANN, "create_issue", issue("One"));
    there.before = () -> there.asked.toString().contains("comment")
        ? Future.failedFuture(new Refused(UPSTREAM_ERROR, "Code is broken", null))
        : Future.succeededFuture();
    var error = no(
        ANN,
        UPSTREAM_ERROR,
        "update_issue",
        JsonObject.of("issue", "acme/web#7", "title", "Two", "comment", "Hm"));
    assertThat(error.getString("message"))
        .isEqualTo("acme/web#7 was changed, and the comment was not added: Code is broken");
    assertThat(error.getJsonObject("details").getJsonArray("updated_fields"))
        .isEqualTo(JsonArray.of("title"));
    assertThat(ok(ANN, "get_issue", asked("issue", "acme/web#7")).getString("title"))
        .isEqualTo("Two");
  }

  @Test
  void aChangeThatIsMadeAgainIsMadeThereOnce() {
    ok(ANN, "create_issue", issue("One"));
    var change = JsonObject.of("issue", "acme/web#7", "title", "Two", "comment", "Why");
    assertThat(ok(ANN, "update_issue", change.copy()).getJsonArray("updated_fields"))
        .containsExactly("title", "comment");
    asked();
    assertThat(ok(ANN, "update_issue", change.copy()).getJsonArray("updated_fields"))
        .isEmpty();
    assertThat(asked()).isEmpty();
  }

  @Test
  void linksAreMadeThereOnce() {
    ok(ANN, "create_issue", issue("One"));
    ok(ANN, "create_issue", issue("Two"));
    var link =
        JsonObject.of("issue", "acme/web#7", "related_issue", "acme/web#8", "relation", "blocks");
    asked();
    assertThat(ok(ANN, "link_issues", link).getString("status")).isEqualTo("created");
    assertThat(ok(ANN, "link_issues", link).getString("status")).isEqualTo("exists");
    assertThat(asked()).containsExactly("link acme/web#7 blocks acme/web#8");
  }

  @Test
  void changesACommentOfAnIssue() {
    ok(ANN, "create_issue", issue("One"));
    var id = ok(ANN, "add_comment", JsonObject.of("target", "acme/web#7", "comment", "Hm"))
        .getString("comment_id");
    asked();
    var change = JsonObject.of("target", "acme/web#7", "comment_id", id);
    assertThat(message(ANN, INVALID_ARGUMENT, "update_comment", change))
        .isEqualTo("There is nothing to change: give body, resolved, or both");
    var done = ok(ANN, "update_comment", change.put("body", "Ah"));
    assertThat(done.getString("comment_id")).isEqualTo(id);
    assertThat(done.getString("status")).isEqualTo("updated");
    assertThat(ok(ANN, "list_comments", asked("issue", "acme/web#7"))
            .getJsonArray("comments")
            .getJsonObject(0)
            .getString("body"))
        .isEqualTo("Ah");
    assertThat(asked()).containsExactly("change c3 Ah");
    no(ANN, NOT_FOUND, "update_comment", change.copy().put("comment_id", "c9"));
  }

  static JsonObject issue(String title) {
    return issueOf(title).put("project", "acme/web");
  }

  private void awaitAsked(int count) {
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (there.asked.stream().filter(what -> !what.equals("test")).count() < count) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private Future<Outcome> begin(String tool, JsonObject arguments) {
    var like = gateway().newCall(tool, arguments);
    var call = new Call(like.target(), ANN, like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call);
  }
}
