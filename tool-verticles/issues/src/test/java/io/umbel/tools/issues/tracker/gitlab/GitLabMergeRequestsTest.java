package io.umbel.tools.issues.tracker.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.PullRequests.Wanted;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.RemoteTest;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitLabMergeRequestsTest extends RemoteTest {

  private static final String WEB = "acme/shop/web";
  private static final Wanted ALL = new Wanted(true, true, 10_000);
  private static final Wanted BARE = new Wanted(false, false, 0);

  private GitLabServer server;
  private GitLabServer.Project web;
  private PullRequests merges;

  @BeforeEach
  void start() {
    server = new GitLabServer(vertx());
    web = server.project(WEB);
    web.branches.add("feature/login");
    web.milestones.add(JsonObject.of("id", 70, "iid", 7, "title", "June"));
    web.files.add(file("src/Login.java", "@@ -1 +1 @@\n-old\n+new\n"));
    var connection = connection(server.uri(), "api_token", new JsonObject(), GitLabServer.TOKEN);
    merges = new GitLabTracker(connection, web(connection)).pullRequests().orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesOneWithAllThatIsAskedFor() {
    var made = merges
        .create(
            project(WEB),
            asked()
                .put("draft", true)
                .put("labels", JsonArray.of("bug", "ui"))
                .put("assignees", JsonArray.of("ann"))
                .put("reviewers", JsonArray.of("ben"))
                .put("milestone", "7")
                .put("extra_options", JsonObject.of("squash", true)))
        .await();
    assertThat(made.getString("message")).isEqualTo("Created merge request acme/shop/web!1");
    assertThat(made.getBoolean("is_draft")).isTrue();
    var read = merges.get(project(WEB), "1", BARE).await();
    assertThat(read.getString("title")).isEqualTo("Draft: Login works");
    assertThat(read.getJsonArray("labels")).isEqualTo(JsonArray.of("bug", "ui"));
    assertThat(read.getJsonArray("assignees")).isEqualTo(JsonArray.of("ann"));
    assertThat(read.getJsonArray("reviewers")).isEqualTo(JsonArray.of("ben"));
    assertThat(read.getString("state")).isEqualTo("open");
    assertThat(web.merges.get(0).getInteger("milestone_id")).isEqualTo(70);
    assertThat(web.merges.get(0).getBoolean("squash")).isTrue();
  }

  @Test
  void refusesASecondOneAndWhatIsNotThere() {
    merges.create(project(WEB), asked()).await();
    var twice = refused(() -> merges.create(project(WEB), asked()));
    assertThat(twice.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(twice)
        .hasMessage("Tracker Code has it otherwise: Another open merge request already exists for"
            + " this source branch: !1");
    var branch =
        refused(() -> merges.create(project(WEB), asked().put("source_branch", "nowhere")));
    assertThat(branch.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(branch)
        .hasMessage("Tracker Code has no branch nowhere in acme/shop/web, or its credentials do not"
            + " see it");
    var person =
        refused(() -> merges.create(project(WEB), asked().put("reviewers", JsonArray.of("zoe"))));
    assertThat(person).hasMessageContaining("There is no user called \"zoe\"");
    var milestone = refused(() -> merges.create(project(WEB), asked().put("milestone", "July")));
    assertThat(milestone).hasMessage("There is no milestone \"July\" in acme/shop/web");
    var option = refused(() ->
        merges.create(project(WEB), asked().put("extra_options", JsonObject.of("force", true))));
    assertThat(option)
        .hasMessage("extra_options/force is not known on GitLab; there are: allow_collaboration,"
            + " remove_source_branch, squash");
    assertThat(web.merges).hasSize(1);
  }

  @Test
  void readsOneWithItsThreadsAndItsDiff() {
    opened("ann");
    server.say(web, "merge_requests", 1, "Nice", "ben");
    server.say(web, "merge_requests", 1, "added 1 commit", "ann").put("system", true);
    var first = onLine("RIGHT");
    merges
        .comment(project(WEB), "1", new Remark("Done", null, first.externalId()))
        .await();
    var read = merges.get(project(WEB), "1", ALL).await();
    var said =
        read.getJsonArray("comments").stream().map(JsonObject.class::cast).toList();
    assertThat(said)
        .extracting(one -> one.getString("body"))
        .containsExactly("Nice", "Why?", "Done");
    assertThat(said.get(0).getString("type")).isEqualTo("issue_comment");
    assertThat(said.get(1).getString("type")).isEqualTo("review_comment");
    assertThat(said.get(1).getString("path")).isEqualTo("src/Login.java");
    assertThat(said.get(1).getInteger("line")).isEqualTo(1);
    assertThat(said.get(1).getBoolean("resolved")).isFalse();
    assertThat(said.get(2).getString("in_reply_to")).isEqualTo(first.externalId());
    assertThat(read.getJsonObject("changes").getString("diff")).isEqualTo("""
            diff --git a/src/Login.java b/src/Login.java
            --- a/src/Login.java
            +++ b/src/Login.java
            @@ -1 +1 @@
            -old
            +new
            """);
    assertThat(read.getJsonObject("changes").getBoolean("truncated")).isFalse();
  }

  @Test
  void cutsALongDiffAndSaysSo() {
    opened("ann");
    for (int i = 0; i < 50; i++) {
      web.files.add(file("src/File" + i + ".java", "@@ -0,0 +1 @@\n+" + "x".repeat(300))
          .put("new_file", true));
    }
    var cut = merges
        .get(project(WEB), "1", new Wanted(false, true, 2_000))
        .await()
        .getJsonObject("changes");
    assertThat(cut.getBoolean("truncated")).isTrue();
    assertThat(cut.getString("diff").length()).isBetween(1_000, 2_000);
    var whole = merges
        .get(project(WEB), "1", new Wanted(false, true, 1_000_000))
        .await()
        .getJsonObject("changes");
    assertThat(whole.getBoolean("truncated")).isFalse();
    assertThat(whole.getString("diff")).contains("--- /dev/null\n+++ b/src/File49.java");
    web.files.add(file("big.json", "").put("too_large", true));
    var left = merges.get(project(WEB), "1", new Wanted(false, true, 1_000_000)).await();
    assertThat(left.getJsonObject("changes").getBoolean("truncated")).isTrue();
  }

  @Test
  void whatIsNoMergeRequestIsNotThere() {
    server.issue(WEB, "First", "ann");
    var refused = refused(() -> merges.get(project(WEB), "1", ALL));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused)
        .hasMessage("Tracker Code has no merge request acme/shop/web!1, or its credentials do not"
            + " see it");
    assertThat(refused(() -> merges.get(project(WEB), "x", ALL)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void changesAllThatIsGiven() {
    opened("ann");
    var answer = merges
        .update(
            project(WEB),
            "1",
            JsonObject.of("title", "Better")
                .put("description", "")
                .put("labels", new JsonArray())
                .put("assignees", new JsonArray())
                .put("reviewers", JsonArray.of("ben"))
                .put("draft", true)
                .put("state", "closed"))
        .await();
    assertThat(answer.getString("message"))
        .isEqualTo("Changed title and description and labels and state and assignees and reviewers"
            + " of merge request acme/shop/web!1");
    var read = merges.get(project(WEB), "1", BARE).await();
    assertThat(read.getString("title")).isEqualTo("Draft: Better");
    assertThat(read.getBoolean("is_draft")).isTrue();
    assertThat(read.getString("state")).isEqualTo("closed");
    assertThat(read.getJsonArray("assignees")).isEmpty();
    assertThat(read.getJsonArray("reviewers")).isEqualTo(JsonArray.of("ben"));
    merges.update(project(WEB), "1", JsonObject.of("draft", false)).await();
    assertThat(web.merges.get(0).getString("title")).isEqualTo("Better");
  }

  @Test
  void nothingToChangeIsNothingDone() {
    opened("ann");
    server.forget();
    var answer =
        merges.update(project(WEB), "1", JsonObject.of("state", "open")).await();
    assertThat(answer.getString("status")).isEqualTo("unchanged");
    assertThat(server.asked()).extracting(one -> one.method()).containsExactly("GET");
  }

  @Test
  void approvesAfterItsReasonsAndOnlyOnce() {
    opened("ann");
    var review = JsonObject.of("review_action", "approve", "review_body", "Good")
        .put(
            "review_comments",
            JsonArray.of(JsonObject.of("path", "src/Login.java", "line", 1).put("body", "Here?")));
    var answer = merges.update(project(WEB), "1", review).await();
    assertThat(answer.getString("message"))
        .isEqualTo("Changed review comment 1, review, approval of merge request acme/shop/web!1");
    assertThat(web.merges.get(0).getBoolean("approved")).isTrue();
    server.forget();
    merges.update(project(WEB), "1", JsonObject.of("review_action", "approve")).await();
    assertThat(server.asked()).extracting(one -> one.method()).containsOnly("GET");
  }

  @Test
  void whoMayNotApproveIsToldSoAndTheTrackerStaysValid() {
    opened("bot");
    var refused =
        refused(() -> merges.update(project(WEB), "1", JsonObject.of("review_action", "approve")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused)
        .hasMessageContaining("may not approve merge request acme/shop/web!1: its author");
    assertThat(verdicts).isEmpty();
  }

  @Test
  void requestsChangesAsAReviewer() {
    opened("ann").put("reviewers", JsonArray.of(server.user("bot")));
    merges
        .update(project(WEB), "1", JsonObject.of("review_action", "request_changes"))
        .await();
    assertThat(web.merges.get(0).getBoolean("changes_requested")).isTrue();
    web.merges.get(0).put("reviewers", new JsonArray());
    var refused = refused(() -> merges.update(
        project(WEB),
        "1",
        JsonObject.of("review_action", "request_changes").put("review_body", "No")));
    assertThat(refused)
        .hasMessage("Tracker Code does not take this: Reviewer not found (that was request for"
            + " changes; done before: review)");
    assertThat(refused.details().getBoolean("tracker_updated")).isTrue();
  }

  @Test
  void aLineThatIsNotInTheChangeIsRefused() {
    opened("ann");
    var remark = new Remark("x", new Line("nowhere.java", 1, "LEFT"), null);
    var refused = refused(() -> merges.comment(project(WEB), "1", remark));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused)
        .hasMessage(
            "nowhere.java is none of the files that merge request" + " acme/shop/web!1 changes");
    var review = JsonObject.of("review_action", "approve", "title", "T")
        .put(
            "review_comments",
            JsonArray.of(JsonObject.of("path", "nowhere.java", "line", 1, "body", "x")));
    assertThat(refused(() -> merges.update(project(WEB), "1", review)).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(web.merges.get(0).getString("title")).isEqualTo("Login works");
    server.next("POST", 400, Map.of(), JsonObject.of("message", "400 Bad request - Note"));
    var outdated = refused(() -> merges.comment(
        project(WEB), "1", new Remark("x", new Line("src/Login.java", 1, "RIGHT"), null)));
    assertThat(outdated).hasMessage("Tracker Code does not take this: 400 Bad request - Note");
    onLine("LEFT");
    var position = web.threads("merge_requests", 1)
        .get(0)
        .getJsonArray("notes")
        .getJsonObject(0)
        .getJsonObject("position");
    assertThat(position.getInteger("old_line")).isEqualTo(1);
    assertThat(position.containsKey("new_line")).isFalse();
  }

  @Test
  void aLineIsNamedByItsNumberBeforeAndNowWhereItIsAsItWas() {
    var diff = "@@ -3,3 +3,4 @@ class A\n a\n-b\n+c\n+d\n e\n@@ -20 +21 @@\n-x\n+y\n";
    assertThat(line(diff, 3, "RIGHT")).isEqualTo(new ChangedLine(3, 3));
    assertThat(line(diff, 4, "RIGHT")).isEqualTo(new ChangedLine(null, 4));
    assertThat(line(diff, 5, "RIGHT")).isEqualTo(new ChangedLine(null, 5));
    assertThat(line(diff, 6, "RIGHT")).isEqualTo(new ChangedLine(5, 6));
    assertThat(line(diff, 4, "LEFT")).isEqualTo(new ChangedLine(4, null));
    assertThat(line(diff, 5, "LEFT")).isEqualTo(new ChangedLine(5, 6));
    assertThat(line(diff, 1, "RIGHT")).isEqualTo(new ChangedLine(1, 1));
    assertThat(line(diff, 10, "LEFT")).isEqualTo(new ChangedLine(10, 11));
    assertThat(line(diff, 40, "RIGHT")).isEqualTo(new ChangedLine(39, 40));
    assertThat(line(diff, 21, "RIGHT")).isEqualTo(new ChangedLine(null, 21));
    assertThat(line("", 7, "RIGHT")).isEqualTo(new ChangedLine(null, 7));
    assertThat(line("", 7, "LEFT")).isEqualTo(new ChangedLine(7, null));
  }

  @Test
  void aFileThatIsCalledOtherwiseNowIsNamedBothWays() {
    opened("ann");
    web.files.add(file("src/New.java", "@@ -1 +1 @@\n-a\n+b").put("old_path", "src/Old.java"));
    var remark = new Remark("x", new Line("src/New.java", 1, "RIGHT"), null);
    merges.comment(project(WEB), "1", remark).await();
    var position = server.lastWrite().json().getJsonObject("position");
    assertThat(position.getString("old_path")).isEqualTo("src/Old.java");
    assertThat(position.getString("new_path")).isEqualTo("src/New.java");
  }

  private static ChangedLine line(String diff, int number, String side) {
    return ChangedLine.of(diff, new Line("A.java", number, side));
  }

  @Test
  void resolvesThreadsAndChangesWhatIsSaid() {
    opened("ann");
    var id = onLine("RIGHT").externalId();
    var thread = web.threads("merge_requests", 1).get(0);
    merges
        .change(project(WEB), "1", new CommentChange(id, null, true, null, null))
        .await();
    assertThat(thread.getJsonArray("notes").getJsonObject(0).getBoolean("resolved"))
        .isTrue();
    var change = new CommentChange(id, "So\n/merge", false, thread.getString("id"), null);
    merges.change(project(WEB), "1", change).await();
    var note = thread.getJsonArray("notes").getJsonObject(0);
    assertThat(note.getBoolean("resolved")).isFalse();
    assertThat(note.getString("body")).isEqualTo("So\n\\/merge");
    var foreign = new CommentChange(id, null, true, "d1", null);
    assertThat(refused(() -> merges.change(project(WEB), "1", foreign)).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    var plain =
        server.say(web, "merge_requests", 1, "Nice", "ben").getLong("id").toString();
    var refused = refused(
        () -> merges.change(project(WEB), "1", new CommentChange(plain, null, true, null, null)));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(refused).hasMessageContaining("in no thread that GitLab can resolve");
  }

  @Test
  void textIsTextAndNoOrder() {
    opened("ann");
    merges.comment(project(WEB), "1", new Remark("/merge", null, null)).await();
    merges.update(project(WEB), "1", JsonObject.of("description", "/merge")).await();
    assertThat(web.merges.get(0).getString("state")).isEqualTo("opened");
    assertThat(web.merges.get(0).getString("description")).isEqualTo("\\/merge");
  }

  private PlacedComment onLine(String side) {
    var remark = new Remark("Why?", new Line("src/Login.java", 1, side), null);
    return merges.comment(project(WEB), "1", remark).await();
  }

  private JsonObject opened(String author) {
    return new GitLabMergeRoutes(server).made(web, asked(), author);
  }

  private static JsonObject asked() {
    return JsonObject.of("project", WEB, "title", "Login works")
        .put("source_branch", "feature/login")
        .put("target_branch", "main");
  }

  private static JsonObject file(String path, String diff) {
    return JsonObject.of("old_path", path, "new_path", path, "diff", diff);
  }
}
