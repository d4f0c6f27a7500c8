package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.ACCESS_DENIED;
import static io.umbel.contract.ErrorCode.AMBIGUOUS;
import static io.umbel.contract.ErrorCode.CONFLICT;
import static io.umbel.contract.ErrorCode.INVALID_ARGUMENT;
import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which pull request is meant, what its tracker is told, and what is refused before. */
class PullRequestsTest extends ElsewhereFamily {

  @BeforeEach
  void addCode() {
    var projects =
        new JsonArray().add(JsonObject.of("identifier", "acme/web", "project_id", "prj_1"));
    created(ANN, remote("github", "Code").put("projects", projects));
  }

  @Test
  void tellsEachToolsHints() {
    var tools = new java.util.HashMap<String, JsonObject>();
    var outcome = gateway().provide(announcement(), ANN).await();
    io.umbel.contract.Provided.fromBuffer(((io.umbel.contract.Outcome.Result) outcome).json())
        .offers()
        .tools()
        .forEach(tool -> tools.put(tool.name(), tool.definition().getJsonObject("annotations")));
    assertThat(tools.get("get_pull_request").encode())
        .contains("\"readOnlyHint\":true", "\"openWorldHint\":true");
    assertThat(tools.get("create_pull_request"))
        .isEqualTo(JsonObject.of("destructiveHint", false, "openWorldHint", true));
    assertThat(tools.get("update_pull_request"))
        .isEqualTo(JsonObject.of("destructiveHint", true, "openWorldHint", true));
    assertThat(tools.get("update_comment"))
        .isEqualTo(JsonObject.of("idempotentHint", true, "destructiveHint", true)
            .put("openWorldHint", true));
  }

  @Test
  void findsOneByItsUrlOrItsKey() {
    for (var reference : new String[] {
      "acme/web#3",
      "ACME/Web#3",
      "https://github.com/acme/web/pull/3",
      "https://github.com/acme/web/pull/3/files?w=1#diff"
    }) {
      assertThat(ok(ANN, "get_pull_request", asked("pull_request", reference)).getInteger("number"))
          .as(reference)
          .isEqualTo(3);
    }
    assertThat(asked()).hasSize(4).containsOnly("pull 3 true true");
    ok(
        ANN,
        "get_pull_request",
        asked("pull_request", "acme/web#3")
            .put("include_comments", false)
            .put("include_diff", false));
    assertThat(asked()).containsExactly("pull 3 false false");
    for (var nothing :
        new String[] {"acme/web!3", "acme/other#3", "https://gitlab.com/acme/web/-/merge_requests/3"
        }) {
      no(ANN, NOT_FOUND, "get_pull_request", asked("pull_request", nothing));
    }
    for (var none : new String[] {"3", "WEB-3", "https://github.com/acme/web/issues/3"}) {
      assertThat(message(ANN, INVALID_ARGUMENT, "get_pull_request", asked("pull_request", none)))
          .isEqualTo("\"" + none + "\" is no pull request: give its URL, or its key as in"
              + " acme/web#12 (acme/web!12 on GitLab)");
    }
    assertThat(asked()).isEmpty();
  }

  @Test
  void mergeRequestsAreOfGitLab() {
    created(ANN, remote("gitlab", "Lab", "acme/shop/web", "acme/web"));
    for (var reference : new String[] {
      "acme/shop/web!4", "https://gitlab.com/acme/shop/web/-/merge_requests/4/diffs", "acme/web!4"
    }) {
      ok(ANN, "get_pull_request", asked("pull_request", reference));
    }
    no(ANN, AMBIGUOUS, "get_pull_request", asked("pull_request", "acme/web#4"));
    var say = JsonObject.of("target", "acme/shop/web!4", "comment", "Hm");
    assertThat(ok(ANN, "add_comment", say).getString("message"))
        .isEqualTo("Commented on acme/shop/web!4");
  }

  @Test
  void whoIsConfinedFindsNoOtherProjects() {
    var bound = new Caller("acme", "ann", "prj_2", null, Set.of());
    no(bound, NOT_FOUND, "get_pull_request", asked("pull_request", "acme/web#3"));
    no(bound, NOT_FOUND, "create_pull_request", pull());
    no(
        bound,
        NOT_FOUND,
        "update_pull_request",
        JsonObject.of("pull_request", "acme/web#3", "title", "x"));
    no(bound, NOT_FOUND, "add_comment", JsonObject.of("target", "acme/web#3", "comment", "x"));
    no(
        bound,
        ACCESS_DENIED,
        "get_pull_request",
        asked("pull_request", "acme/web#3").put("project_id", "prj_1"));
    assertThat(asked()).isEmpty();
    var inside = new Caller("acme", "ann", "prj_1", null, Set.of());
    ok(inside, "get_pull_request", asked("pull_request", "acme/web#3"));
  }

  @Test
  void makesOneAndTellsTheTrackerNothingOfTheCaller() {
    assertThat(
            ok(ANN, "create_pull_request", pull().put("project_id", "prj_1")).getInteger("number"))
        .isEqualTo(3);
    assertThat(asked().get(0)).contains("\"source_branch\":\"a\"").doesNotContain("project_id");
    assertThat(
            message(ANN, INVALID_ARGUMENT, "create_pull_request", pull().put("target_branch", "a")))
        .isEqualTo("source_branch and target_branch have to be two branches");
    there.before = () -> Future.failedFuture(new Refused(CONFLICT, "There is one already", null));
    assertThat(message(ANN, CONFLICT, "create_pull_request", pull()))
        .isEqualTo("There is one already");
  }

  @Test
  void changesOneOrReviewsIt() {
    var pull = asked("pull_request", "acme/web#3");
    ok(ANN, "update_pull_request", pull.copy().put("state", "closed"));
    var comments =
        JsonArray.of(JsonObject.of("path", "a.c", "line", 3, "body", "Why?").put("side", "LEFT"));
    ok(
        ANN,
        "update_pull_request",
        pull.copy().put("review_action", "comment").put("review_comments", comments));
    asked();
    assertThat(message(
            ANN,
            INVALID_ARGUMENT,
            "update_pull_request",
            pull.copy().put("review_comments", comments)))
        .isEqualTo("review_comments and review_body need a review_action: approve, request_changes"
            + " or comment");
    assertThat(message(
            ANN,
            INVALID_ARGUMENT,
            "update_pull_request",
            pull.copy().put("review_action", "comment")))
        .isEqualTo("A review that is a comment needs review_body or review_comments");
    assertThat(message(ANN, INVALID_ARGUMENT, "update_pull_request", pull))
        .isEqualTo("There is nothing to change: give what is to be another, or a review");
    for (var missing : new String[] {"path", "line", "body"}) {
      var part = comments.getJsonObject(0).copy();
      part.remove(missing);
      assertThat(message(
              ANN,
              INVALID_ARGUMENT,
              "update_pull_request",
              pull.copy()
                  .put("review_action", "approve")
                  .put("review_comments", JsonArray.of(part))))
          .contains("/review_comments/0");
    }
    assertThat(asked()).isEmpty();
  }

  @Test
  void saysSomethingOfALineOfAChangeOnce() {
    var say = JsonObject.of("target", "https://github.com/acme/web/pull/3", "comment", "Why?")
        .put("path", "a.c")
        .put("line", 3)
        .put("idempotency_key", "k");
    var first = ok(ANN, "add_comment", say);
    assertThat(first.getString("comment_id")).isEqualTo("p1");
    assertThat(ok(ANN, "add_comment", say)).isEqualTo(first);
    ok(ANN, "add_comment", JsonObject.of("target", "acme/web#3", "comment", "Fine"));
    assertThat(asked()).containsExactly("say of pull 3 a.cRIGHT", "say of pull 3 ");
    assertThat(message(
            ANN,
            NOT_FOUND,
            "add_comment",
            JsonObject.of("target", "acme/nothing#3", "comment", "Fine")))
        .startsWith("There is no issue \"acme/nothing#3\"");
  }

  @Test
  void settlesAThread() {
    var change = JsonObject.of("target", "acme/web#3", "comment_id", "p1", "resolved", true);
    assertThat(ok(ANN, "update_comment", change).getString("status")).isEqualTo("updated");
    assertThat(asked()).containsExactly("settle p1 true");
    assertThat(message(ANN, INVALID_ARGUMENT, "update_comment", change.put("body", " ")))
        .isEqualTo("body is blank: a comment says something");
  }

  private static JsonObject pull() {
    return JsonObject.of("project", "acme/web", "title", "T", "source_branch", "a")
        .put("target_branch", "b");
  }
}
