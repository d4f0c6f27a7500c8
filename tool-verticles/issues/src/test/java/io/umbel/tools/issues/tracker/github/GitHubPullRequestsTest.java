package io.umbel.tools.issues.tracker.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.PullRequests.Wanted;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.RemoteTest;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubPullRequestsTest extends RemoteTest {

  private static final Wanted ALL = new Wanted(true, true, 10_000);
  private static final Wanted BARE = new Wanted(false, false, 0);

  private GitHubServer server;
  private GitHubServer.Repo web;
  private PullRequests pulls;

  @BeforeEach
  void start() {
    server = new GitHubServer(vertx());
    web = server.repo("acme/web");
    web.branches.add("login");
    web.milestones.add(JsonObject.of("number", 7, "title", "June"));
    web.files.add(file("src/Login.java", "modified", "@@ -1 +1 @@\n-old\n+new"));
    var connection = connection(server.uri(), "api_token", new JsonObject(), GitHubServer.TOKEN);
    pulls = new GitHubTracker(connection, web(connection)).pullRequests().orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesOneWithAllThatIsItsIssues() {
    var made = pulls
        .create(
            project("acme/web"),
            asked()
                .put("draft", true)
                .put("labels", JsonArray.of("bug"))
                .put("assignees", JsonArray.of("ann"))
                .put("reviewers", JsonArray.of("ben"))
                .put("milestone", "june")
                .put("extra_options", JsonObject.of("maintainer_can_modify", false)))
        .await();
    assertThat(made.getString("status")).isEqualTo("created");
    assertThat(made.getLong("number")).isEqualTo(1);
    assertThat(made.getString("message")).isEqualTo("Created pull request acme/web#1");
    assertThat(made.getBoolean("is_draft")).isTrue();
    var read = pulls.get(project("acme/web"), "1", BARE).await();
    assertThat(read.getJsonArray("labels")).isEqualTo(JsonArray.of("bug"));
    assertThat(read.getJsonArray("assignees")).isEqualTo(JsonArray.of("ann"));
    assertThat(read.getJsonArray("reviewers")).isEqualTo(JsonArray.of("ben"));
    assertThat(read.getString("source_branch")).isEqualTo("login");
    assertThat(read.getString("state")).isEqualTo("open");
    assertThat(read.containsKey("changes")).isFalse();
    assertThat(web.issue(1).getJsonObject("milestone").getInteger("number")).isEqualTo(7);
  }

  @Test
  void saysWhatCouldNotBeAddedToOneThatIsMade() {
    var made = pulls
        .create(project("acme/web"), asked().put("reviewers", JsonArray.of("stranger")))
        .await();
    assertThat(made.getString("status")).isEqualTo("created");
    assertThat(made.getString("message"))
        .startsWith("Created pull request acme/web#1, but not with all that was asked for: ")
        .contains("collaborators");
  }

  @Test
  void refusesASecondOneAndBranchesThatAreNotThere() {
    pulls.create(project("acme/web"), asked()).await();
    var twice = refused(() -> pulls.create(project("acme/web"), asked()));
    assertThat(twice.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(twice)
        .hasMessage("There is an open pull request from login already: change that one with"
            + " update_pull_request");
    var branch =
        refused(() -> pulls.create(project("acme/web"), asked().put("target_branch", "nowhere")));
    assertThat(branch.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(branch)
        .hasMessage("Tracker Code has no branch nowhere in acme/web, or its credentials do not see"
            + " it");
  }

  @Test
  void refusesBeforeAnythingIsMadeWhatCanBeLookedUp() {
    var person = refused(
        () -> pulls.create(project("acme/web"), asked().put("assignees", JsonArray.of("zoe"))));
    assertThat(person).hasMessageContaining("Nobody called \"zoe\"");
    var milestone =
        refused(() -> pulls.create(project("acme/web"), asked().put("milestone", "July")));
    assertThat(milestone).hasMessage("There is no milestone \"July\" in acme/web");
    var option = refused(() -> pulls.create(
        project("acme/web"), asked().put("extra_options", JsonObject.of("force", true))));
    assertThat(option)
        .hasMessage("extra_options/force is not known on GitHub; there are: head_repo,"
            + " maintainer_can_modify");
    assertThat(web.pulls).isEmpty();
  }

  @Test
  void readsOneWithWhatIsSaidOfItAndItsDiff() {
    opened("ann");
    server.comment(web, 1, "Nice", "ben");
    pulls.comment(project("acme/web"), "1", onLine("src/Login.java")).await();
    var first = web.reviewComments.get(0).getLong("id").toString();
    pulls.comment(project("acme/web"), "1", new Remark("Done", null, first)).await();
    pulls
        .update(
            project("acme/web"),
            "1",
            JsonObject.of("review_action", "approve").put("review_body", "Good"))
        .await();
    var read = pulls.get(project("acme/web"), "1", ALL).await();
    var comments =
        read.getJsonArray("comments").stream().map(JsonObject.class::cast).toList();
    assertThat(comments)
        .extracting(one -> one.getString("type"))
        .containsExactly("issue_comment", "review_comment", "review_comment", "review");
    assertThat(comments.get(1).getString("thread_id")).isEqualTo("PRRT_" + first);
    assertThat(comments.get(1).getBoolean("resolved")).isFalse();
    assertThat(comments.get(2).getString("in_reply_to")).isEqualTo(first);
    assertThat(comments.get(2).getString("thread_id")).isEqualTo("PRRT_" + first);
    assertThat(comments.get(3).getString("verdict")).isEqualTo("approved");
    assertThat(read.getJsonObject("changes"))
        .isEqualTo(JsonObject.of("diff", """
        diff --git a/src/Login.java b/src/Login.java
        --- a/src/Login.java
        +++ b/src/Login.java
        @@ -1 +1 @@
        -old
        +new
        """, "truncated", false));
  }

  @Test
  void tellsTheNewestWhereMoreWasSaidThanHasRoom() {
    opened("ann");
    server.comment(web, 1, "x".repeat(60_000), "ben");
    for (int i = 0; i < 6; i++) {
      server.comment(web, 1, i + "y".repeat(29_000), "ben");
    }
    server.comment(web, 1, "z".repeat(60_000), "ben");
    var read = pulls.get(project("acme/web"), "1", new Wanted(true, false, 0)).await();
    var comments = read.getJsonArray("comments");
    assertThat(comments).hasSize(5);
    assertThat(read.getInteger("comments_omitted")).isEqualTo(3);
    assertThat(comments.getJsonObject(0).getString("body")).startsWith("2y");
    assertThat(comments.getJsonObject(4).getString("body")).hasSize(30_001).endsWith("z…");
  }

  @Test
  void cutsALongDiffAndSaysSo() {
    opened("ann");
    for (int i = 0; i < 70; i++) {
      web.files.add(file("src/File" + i + ".java", "added", "@@ -0,0 +1 @@\n+" + "x".repeat(300)));
    }
    var cut = pulls
        .get(project("acme/web"), "1", new Wanted(false, true, 2_000))
        .await()
        .getJsonObject("changes");
    assertThat(cut.getBoolean("truncated")).isTrue();
    assertThat(cut.getString("diff").length()).isBetween(1_000, 2_000);
    assertThat(server.count("GET /repos/acme/web/pulls/1/files")).isOne();
    var whole = pulls
        .get(project("acme/web"), "1", new Wanted(false, true, 1_000_000))
        .await()
        .getJsonObject("changes");
    assertThat(whole.getBoolean("truncated")).isFalse();
    assertThat(whole.getString("diff")).contains("--- /dev/null\n+++ b/src/File69.java");
    web.files.add(file("logo.png", "modified", null).put("changes", 4));
    var binary =
        pulls.get(project("acme/web"), "1", new Wanted(false, true, 1_000_000)).await();
    assertThat(binary.getJsonObject("changes").getBoolean("truncated")).isTrue();
  }

  @Test
  void anIssueIsNoPullRequest() {
    server.issue("acme/web", "First", "ann");
    var refused = refused(() -> pulls.get(project("acme/web"), "1", ALL));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused)
        .hasMessage(
            "Tracker Code has no pull request acme/web#1, or its credentials do not see" + " it");
    var odd = refused(() -> pulls.get(project("acme/web"), "1/../2", ALL));
    assertThat(odd.code()).isEqualTo(ErrorCode.NOT_FOUND);
    var comment =
        refused(() -> pulls.comment(project("acme/web"), "1", new Remark("x", null, null)));
    assertThat(comment).hasMessageContaining("no pull request acme/web#1");
    assertThat(web.comments).isEmpty();
  }

  @Test
  void changesAllThatIsGiven() {
    opened("ann");
    web.pulls.get(1).getJsonArray("requested_reviewers").add(GitHubServer.user("ann"));
    var answer = pulls
        .update(
            project("acme/web"),
            "1",
            JsonObject.of("title", "Better")
                .put("description", "")
                .put("state", "closed")
                .put("labels", new JsonArray())
                .put("assignees", JsonArray.of("ann"))
                .put("reviewers", JsonArray.of("ben"))
                .put("draft", true))
        .await();
    assertThat(answer.getString("status")).isEqualTo("updated");
    assertThat(answer.getString("message"))
        .isEqualTo("Changed title and state and description, labels and assignees, reviewers,"
            + " reviewers that are no more, draft of pull request acme/web#1");
    var read = pulls.get(project("acme/web"), "1", BARE).await();
    assertThat(read.getString("title")).isEqualTo("Better");
    assertThat(read.getString("description")).isEmpty();
    assertThat(read.getString("state")).isEqualTo("closed");
    assertThat(read.getJsonArray("reviewers")).isEqualTo(JsonArray.of("ben"));
    assertThat(read.getBoolean("is_draft")).isTrue();
    pulls.update(project("acme/web"), "1", JsonObject.of("draft", false)).await();
    assertThat(web.pulls.get(1).getBoolean("draft")).isFalse();
  }

  @Test
  void nothingToChangeIsNothingDone() {
    opened("ann");
    server.forget();
    var answer =
        pulls.update(project("acme/web"), "1", JsonObject.of("draft", false)).await();
    assertThat(answer.getString("status")).isEqualTo("unchanged");
    assertThat(server.asked()).extracting(one -> one.method()).containsExactly("GET");
  }

  @Test
  void saysWhatWasDoneBeforeWhatFailed() {
    opened("ann");
    var refused = refused(() -> pulls.update(
        project("acme/web"),
        "1",
        JsonObject.of("title", "T").put("reviewers", JsonArray.of("stranger"))));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused).hasMessageEndingWith(" (that was reviewers; done before: title)");
    assertThat(refused.details().getBoolean("tracker_updated")).isTrue();
    assertThat(web.issue(1).getString("title")).isEqualTo("T");
  }

  @Test
  void reviewsWithCommentsOnLines() {
    opened("ann");
    pulls
        .update(
            project("acme/web"),
            "1",
            JsonObject.of("review_action", "request_changes")
                .put("review_body", "Not yet")
                .put(
                    "review_comments",
                    JsonArray.of(said("src/Login.java", 1, "Why?").put("side", "LEFT"))))
        .await();
    assertThat(web.reviews).hasSize(1);
    assertThat(web.reviewComments.get(0).getString("side")).isEqualTo("LEFT");
    var path = refused(() -> pulls.update(
        project("acme/web"),
        "1",
        JsonObject.of("review_action", "comment")
            .put("review_comments", JsonArray.of(said("nowhere.java", 1, "Why?")))));
    assertThat(path)
        .hasMessage("Tracker Code does not take this: Unprocessable Entity: Path could not be"
            + " resolved");
  }

  @Test
  void refusesHalfAReview() {
    opened("ann");
    assertThat(review(JsonObject.of("review_comments", JsonArray.of(said("a", 1, "x")))))
        .startsWith("review_comments and review_body need a review_action");
    assertThat(review(JsonObject.of("review_action", "comment")))
        .isEqualTo("A review that is a comment needs review_body or review_comments");
    assertThat(review(JsonObject.of("review_action", "approve")
            .put("review_comments", JsonArray.of(JsonObject.of("path", "a", "line", 1)))))
        .isEqualTo("review_comments/0 needs path, line and body");
    assertThat(review(JsonObject.of("review_action", "approve")
            .put("review_comments", JsonArray.of(said("a", 1, "x").put("side", "TOP")))))
        .isEqualTo("review_comments/0 has a side that is not LEFT or RIGHT");
    assertThat(review(JsonObject.of("review_action", "merge"))).contains("take one of approve");
    assertThat(review(JsonObject.of("review_action", "request_changes")))
        .isEqualTo("GitHub needs a review_body that says which changes are requested");
    assertThat(web.reviews).isEmpty();
  }

  @Test
  void oneCannotApproveOnesOwn() {
    opened("umbel-bot");
    assertThat(review(JsonObject.of("review_action", "approve")))
        .endsWith("Can not approve your own pull request");
  }

  @Test
  void resolvesTheThreadOfACommentAndOpensItAgain() {
    opened("ann");
    for (int i = 0; i < 5; i++) {
      pulls.comment(project("acme/web"), "1", onLine("src/Login.java")).await();
    }
    var last = web.reviewComments.get(4).getLong("id").toString();
    pulls
        .change(project("acme/web"), "1", new CommentChange(last, null, true, null, null))
        .await();
    assertThat(web.threads.get("PRRT_" + last).getBoolean("isResolved")).isTrue();
    pulls
        .change(
            project("acme/web"),
            "1",
            new CommentChange(last, "Now so", false, "PRRT_" + last, "review_comment"))
        .await();
    assertThat(web.threads.get("PRRT_" + last).getBoolean("isResolved")).isFalse();
    assertThat(web.reviewComments.get(4).getString("body")).isEqualTo("Now so");
    var foreign = new CommentChange(last, null, true, "PRRT_1", null);
    var refused = refused(() -> pulls.change(project("acme/web"), "1", foreign));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused).hasMessageContaining("no such thread in pull request acme/web#1");
  }

  @Test
  void changesWhatIsSaidOfTheWholeAndResolvesItNot() {
    opened("ann");
    var placed =
        pulls.comment(project("acme/web"), "1", new Remark("Hello", null, null)).await();
    var change = new CommentChange(placed.externalId(), "Hallo", null, null, null);
    pulls.change(project("acme/web"), "1", change).await();
    assertThat(web.comments.get(0).getString("body")).isEqualTo("Hallo");
    var typed = new CommentChange(placed.externalId(), null, true, null, "issue_comment");
    assertThat(refused(() -> pulls.change(project("acme/web"), "1", typed)).code())
        .isEqualTo(ErrorCode.NOT_SUPPORTED);
    var untyped = new CommentChange(placed.externalId(), null, true, null, null);
    assertThat(refused(() -> pulls.change(project("acme/web"), "1", untyped)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    var reply = pulls
        .comment(project("acme/web"), "1", new Remark("Yes", null, placed.externalId()))
        .await();
    assertThat(reply.url()).contains("#issuecomment-");
  }

  @Test
  void aServerOfOnesOwnHasGraphQlBesideItsRest() {
    var own = connection(
        URI.create(server.uri() + "/api/v3"), "api_token", new JsonObject(), GitHubServer.TOKEN);
    var there = new GitHubTracker(own, web(own)).pullRequests().orElseThrow();
    var pull = JsonObject.of("id", 5, "number", 1, "draft", true)
        .put("node_id", "PR_acme/web_1")
        .put("html_url", "https://ghe.acme.com/acme/web/pull/1");
    server.next("GET /api/v3/repos/acme/web/pulls/1", 200, Map.of(), pull);
    opened("ann");
    there.update(project("acme/web"), "1", JsonObject.of("draft", false)).await();
    assertThat(server.count("POST /api/graphql")).isOne();
  }

  @Test
  void whatGraphQlRefusesIsToldInItsWords() {
    opened("ann");
    var told = JsonObject.of(
        "errors",
        JsonArray.of(JsonObject.of("type", "FORBIDDEN", "message", "Resource not accessible")));
    server.next("POST /graphql", 200, Map.of(), told);
    var refused =
        refused(() -> pulls.update(project("acme/web"), "1", JsonObject.of("draft", true)));
    assertThat(refused).hasMessage("Tracker Code does not take this: Resource not accessible");
  }

  private String review(JsonObject arguments) {
    return refused(() -> pulls.update(project("acme/web"), "1", arguments)).getMessage();
  }

  private void opened(String author) {
    new GitHubPullRoutes(server)
        .made(web, asked().put("head", "login").put("base", "main"), author);
  }

  private static JsonObject asked() {
    return JsonObject.of("project", "acme/web", "title", "Login works")
        .put("source_branch", "login")
        .put("target_branch", "main");
  }

  private static JsonObject said(String path, int line, String body) {
    return JsonObject.of("path", path, "line", line, "body", body);
  }

  private static Remark onLine(String path) {
    return new Remark("Why?", new Line(path, 1, "RIGHT"), null);
  }

  private static JsonObject file(String name, String status, String patch) {
    return JsonObject.of("filename", name, "status", status, "patch", patch)
        .put("changes", List.of("modified", "added").contains(status) ? 2 : 0);
  }
}
