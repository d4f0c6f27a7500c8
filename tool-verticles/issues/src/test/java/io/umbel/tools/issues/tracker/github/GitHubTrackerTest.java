package io.umbel.tools.issues.tracker.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Remote.Place;
import io.umbel.tools.issues.tracker.Remote.Since;
import io.umbel.tools.issues.tracker.RemoteTest;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubTrackerTest extends RemoteTest {

  private GitHubServer server;
  private GitHubServer.Repo web;
  private GitHubTracker tracker;

  @BeforeEach
  void start() {
    server = new GitHubServer(vertx());
    web = server.repo("acme/web");
    tracker = with(GitHubServer.TOKEN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesAnIssueWithLabelsPriorityAndAssignee() {
    var placed = tracker
        .create(project("acme/web"), fields("Login fails", "high", List.of("bug"), "ann"))
        .await();
    assertThat(placed.key()).isEqualTo("acme/web#1");
    assertThat(placed.externalId()).isEqualTo("1");
    assertThat(placed.url()).isEqualTo(server.uri() + "/acme/web/issues/1");
    assertThat(placed.taken().priority()).isEqualTo("high");
    assertThat(placed.taken().labels()).containsExactly("bug");
    assertThat(placed.taken().assignee()).isEqualTo("ann");
    assertThat(placed.taken().status().word()).isEqualTo("open");
    assertThat(placed.taken().status().category()).isEqualTo("todo");
    assertThat(web.labels).containsOnlyKeys("bug", "priority:high");
    assertThat(server.lastWrite().headers().get("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
  }

  @Test
  void makesOneThatIsClosedByClosingItAfterwards() {
    var placed =
        tracker.create(project("acme/web"), fields("Done before", "resolved")).await();
    assertThat(placed.taken().status().category()).isEqualTo("done");
    assertThat(web.issue(1).getString("state_reason")).isEqualTo("completed");
  }

  @Test
  void anIssueThatCannotBeClosedAfterwardsIsToldAsOpen() {
    server.next("PATCH /repos/acme/web/issues/1", 422, Map.of(), JsonObject.of("message", "no"));
    var placed =
        tracker.create(project("acme/web"), fields("Done before", "closed")).await();
    assertThat(placed.taken().status().word()).isEqualTo("open");
  }

  @Test
  void refusesAnAssigneeThatCannotBeOneAndMakesNothing() {
    var refused =
        refused(() -> tracker.create(project("acme/web"), fields("x", null, List.of(), "zoe")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused)
        .hasMessage("Nobody called \"zoe\" can be assigned in acme/web on GitHub: give a login");
    assertThat(web.issues).isEmpty();
    var odd =
        refused(() -> tracker.create(project("acme/web"), fields("x", null, List.of(), "../x")));
    assertThat(odd).hasMessageContaining("Nobody called \"../x\"");
  }

  @Test
  void refusesAStatusOrPriorityThatGitHubDoesNotHave() {
    var status = refused(() -> tracker.create(project("acme/web"), fields("x", "in progress")));
    assertThat(status)
        .hasMessage("There is no status \"in progress\" in this tracker: take one of open, closed");
    assertThat(status.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    var priority =
        refused(() -> tracker.create(project("acme/web"), fields("x", "urgent", List.of(), null)));
    assertThat(priority).hasMessageContaining("take one of high, medium, low");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void changesOnlyWhatIsToBeAnother() {
    server.issue("acme/web", "First", "ann");
    web.issue(1).put("labels", JsonArray.of(JsonObject.of("name", "bug")));
    var issue = issue();
    var taken = tracker.update(issue, titled(issue.fields(), "Second")).await();
    assertThat(taken.title()).isEqualTo("Second");
    assertThat(server.lastWrite().json()).isEqualTo(JsonObject.of("title", "Second"));
  }

  @Test
  void clearsWhatIsEmptyAndKeepsThePriorityWhenLabelsAreReplaced() {
    server.issue("acme/web", "First", "ann");
    web.issue(1)
        .put("assignees", JsonArray.of(GitHubServer.user("ann")))
        .put(
            "labels",
            JsonArray.of(JsonObject.of("name", "bug"), JsonObject.of("name", "priority:low")));
    var issue = issue();
    assertThat(issue.fields().priority()).isEqualTo("low");
    var before = issue.fields();
    var wanted = new io.umbel.tools.issues.store.Fields(
        before.title(), "", before.status(), before.priority(), List.of("ui"), "");
    var taken = tracker.update(issue, wanted).await();
    assertThat(taken.description()).isEmpty();
    assertThat(taken.assignee()).isNull();
    assertThat(taken.labels()).containsExactly("ui");
    assertThat(taken.priority()).isEqualTo("low");
    assertThat(server.lastWrite().json().getJsonArray("labels"))
        .isEqualTo(JsonArray.of("ui", "priority:low"));
  }

  @Test
  void opensAndClosesWithTheReasonThatTheWordMeans() {
    server.issue("acme/web", "First", "ann");
    var closed = tracker.update(issue(), asked(issue().fields(), "wontfix")).await();
    assertThat(closed.status().word()).isEqualTo("closed");
    assertThat(closed.status().original()).isEqualTo("not_planned");
    assertThat(server.lastWrite().json())
        .isEqualTo(JsonObject.of("state", "closed", "state_reason", "not_planned"));
    var opened = tracker.update(issue(), asked(issue().fields(), "todo")).await();
    assertThat(opened.status().word()).isEqualTo("open");
    assertThat(server.lastWrite().json()).isEqualTo(JsonObject.of("state", "open"));
  }

  @Test
  void asksNothingWhereAnIssueIsLikeThatAlready() {
    server.issue("acme/web", "First", "ann");
    var issue = issue();
    server.forget();
    var taken = tracker.update(issue, asked(issue.fields(), "reopened")).await();
    assertThat(taken.status().word()).isEqualTo("open");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aPullRequestIsNoIssue() {
    server.issue("acme/web", "First", "ann");
    web.issue(1).put("pull_request", JsonObject.of("url", "u"));
    assertThat(tracker.issue(project("acme/web"), "1").await()).isEmpty();
    assertThat(tracker.issue(project("acme/web"), "2").await()).isEmpty();
    assertThat(tracker.issue(project("acme/web"), "1/../2").await()).isEmpty();
    assertThat(
            tracker.changed(project("acme/web"), new Since(null, null)).await().issues())
        .isEmpty();
  }

  @Test
  void anIssueComesWithItsCommentsTheOldestFirst() {
    server.issue("acme/web", "First", "ann");
    server.comment(web, 1, "one", "ben");
    server.comment(web, 1, "two", "ann");
    var copy = tracker.issue(project("acme/web"), "1").await().orElseThrow();
    assertThat(copy.comments()).extracting("body").containsExactly("one", "two");
    assertThat(copy.comments()).extracting("author").containsExactly("ben", "ann");
    assertThat(copy.origin().author()).isEqualTo("ann");
    assertThat(copy.origin().createdAt()).isEqualTo("2026-01-05T09:00:01Z");
  }

  @Test
  void readsAllThatChangedPageByPageWhileItChanges() {
    for (int i = 1; i <= 230; i++) {
      server.issue("acme/web", "Issue " + i, "ann");
    }
    var seen = new ArrayList<String>();
    String next = null;
    do {
      var page = tracker.changed(project("acme/web"), new Since(null, next)).await();
      page.issues().forEach(copy -> seen.add(copy.placed().externalId()));
      next = page.next();
      // What was on this page moves to the end, so that all others move up.
      web.issue(1).put("updated_at", server.tick());
    } while (next != null);
    assertThat(seen).contains(numbers(230));
  }

  @Test
  void readsOnWhereAllOfAPageChangedAtOnce() {
    for (int i = 1; i <= 250; i++) {
      server.issue("acme/web", "Issue " + i, "ann").put("updated_at", "2026-01-05T10:00:00Z");
    }
    var seen = new ArrayList<String>();
    String next = null;
    var moved = false;
    do {
      var page = tracker.changed(project("acme/web"), new Since(null, next)).await();
      page.issues().forEach(copy -> seen.add(copy.placed().externalId()));
      next = page.next();
      if (!moved && seen.size() == 200) {
        web.issue(1).put("updated_at", "2026-01-05T10:00:05Z");
        moved = true;
      }
    } while (next != null);
    assertThat(moved).isTrue();
    assertThat(seen).contains(numbers(250));
  }

  @Test
  void readsOnlyWhatChangedSince() {
    server.issue("acme/web", "Old", "ann");
    server.issue("acme/web", "New", "ann");
    var since = new Since("2026-01-05T09:00:03.000Z", null);
    var page = tracker.changed(project("acme/web"), since).await();
    assertThat(page.issues())
        .extracting(copy -> copy.placed().taken().title())
        .containsExactly("New");
    assertThat(page.next()).isNull();
    var wrong = refused(() -> tracker.changed(project("acme/web"), new Since("gestern", null)));
    assertThat(wrong).hasMessage("\"gestern\" is no moment in UTC");
    var odd = refused(() -> tracker.changed(project("acme/web"), new Since(null, "&x=1")));
    assertThat(odd).hasMessageContaining("begin anew");
  }

  @Test
  void commentsAndChangesComments() {
    server.issue("acme/web", "First", "ann");
    var placed = tracker.comment(issue(), new Remark("Hello", null, null)).await();
    assertThat(placed.url()).endsWith("#issuecomment-" + placed.externalId());
    var id = placed.externalId();
    tracker.change(issue(), new CommentChange(id, "Hallo", null, null, null)).await();
    assertThat(web.comments.get(0).getString("body")).isEqualTo("Hallo");
  }

  @Test
  void doesNotChangeACommentOfAnotherIssue() {
    server.issue("acme/web", "First", "ann");
    server.issue("acme/web", "Second", "ann");
    var other = server.comment(web, 2, "Mine", "ben").getLong("id").toString();
    var change = new CommentChange(other, "Yours", null, null, null);
    var refused = refused(() -> tracker.change(issue(), change));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused)
        .hasMessage("Tracker Code has no comment " + other
            + " of acme/web#1, or its credentials do not see it");
    assertThat(web.comments.get(0).getString("body")).isEqualTo("Mine");
    var odd = new CommentChange("1/../..", "Yours", null, null, null);
    assertThat(refused(() -> tracker.change(issue(), odd)).code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void issuesHaveNeitherLinesNorThreads() {
    server.issue("acme/web", "First", "ann");
    var onLine = new Remark("Hello", new Line("a.java", 1, "RIGHT"), null);
    var line = refused(() -> tracker.comment(issue(), onLine));
    assertThat(line.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(line).hasMessageContaining("name a pull request");
    var resolved = new CommentChange("1", null, true, null, null);
    var thread = refused(() -> tracker.change(issue(), resolved));
    assertThat(thread.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(thread).hasMessageContaining("no threads to resolve");
  }

  @Test
  void linksByDependenciesAndElseByAComment() {
    server.issue("acme/web", "First", "ann");
    server.issue("acme/web", "Second", "ann");
    tracker.link(issue("1"), issue("2"), Relation.BLOCKS).await();
    assertThat(web.dependencies)
        .containsExactly(JsonObject.of("blocked", 2L, "by", web.issue(1).getLong("id")));
    tracker.link(issue("1"), issue("2"), Relation.DUPLICATES).await();
    tracker.link(issue("1"), issue("2"), Relation.RELATES_TO).await();
    assertThat(web.comments)
        .extracting(one -> one.getString("body"))
        .containsExactly("Duplicate of acme/web#2", "Related to acme/web#2");
  }

  @Test
  void aLinkThatIsThereAlreadyIsNoFailure() {
    server.issue("acme/web", "First", "ann");
    server.issue("acme/web", "Second", "ann");
    var told = JsonObject.of("message", "Validation Failed")
        .put("errors", JsonArray.of("Dependency has already been taken"));
    server.next("POST /repos/acme/web/issues/1/dependencies", 422, Map.of(), told);
    tracker.link(issue("1"), issue("2"), Relation.IS_BLOCKED_BY).await();
    assertThat(server.count("POST /repos/acme/web/issues/1/dependencies/blocked_by"))
        .isOne();
  }

  @Test
  void listsProjectsAndLabels() {
    server.repo("acme/api");
    for (int i = 0; i < 120; i++) {
      server.repo("acme/more-" + i);
    }
    var all = tracker.projects(500).await();
    assertThat(all).hasSize(122).contains(new Place("acme/web", "web", "acme"));
    assertThat(all.get(0).identifier()).isEqualTo("acme/api");
    assertThat(tracker.projects(5).await()).hasSize(5);
    server.label(web, "bug");
    assertThat(tracker.labels(project("acme/web")).await())
        .containsExactly(new io.umbel.tools.issues.tracker.Remote.Label("bug", null, "ededed"));
  }

  @Test
  void saysWhetherItsTokenIsGood() {
    assertThat(tracker.test().await().message()).isEqualTo("Connected as umbel-bot");
    var verdict = with("ghp_wrong").test().await();
    assertThat(verdict.isValid()).isFalse();
    assertThat(verdict.message())
        .isEqualTo("Tracker Code does not take the credentials that are kept for it (HTTP 401):"
            + " give it others");
    server.close();
    assertThat(tracker.test().await().message()).contains("No connection to 127.0.0.1");
  }

  @Test
  void aTokenThatMayOnlyReadMakesTheTrackerInvalid() {
    var refused = refused(
        () -> with(GitHubServer.READ_ONLY).create(project("acme/web"), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(verdicts).extracting(verdict -> verdict.isValid()).containsExactly(false);
    assertThat(refused.getMessage()).doesNotContain(GitHubServer.READ_ONLY);
  }

  @Test
  void whatIsNotSeenIsNotThere() {
    var refused = refused(() -> tracker.create(project("acme/secret"), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused)
        .hasMessage("Tracker Code has no project acme/secret, or its credentials do not see it");
    var odd = refused(() -> tracker.labels(project("acme/../web")));
    assertThat(odd).hasMessageContaining("is called as in acme/web");
  }

  @Test
  void saysInGitHubsWordsWhatItDoesNotTake() {
    var refused = refused(() -> tracker.create(project("acme/web"), fields(" ", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused)
        .hasMessage("Tracker Code does not take this: Validation Failed: title missing_field");
  }

  @Test
  void aRepositoryThatMovedIsSaidAndNotFollowedByAWrite() {
    server.next(307, Map.of("Location", "/repositories/1/issues"), new JsonObject());
    var refused = refused(() -> tracker.create(project("acme/web"), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(refused).hasMessageContaining("has moved: give the tracker its new name");
    assertThat(web.issues).isEmpty();
  }

  @Test
  void waitsOnceAsLongAsItIsTold() {
    server.next(429, Map.of("Retry-After", "0"), JsonObject.of("message", "slow down"));
    tracker.create(project("acme/web"), fields("x", "open")).await();
    assertThat(web.issues).hasSize(1);
    var spent = Map.of("X-RateLimit-Remaining", "0", "Retry-After", "0");
    server.next(403, spent, JsonObject.of("message", "API rate limit exceeded"));
    server.next(403, spent, JsonObject.of("message", "API rate limit exceeded"));
    var refused = refused(() -> tracker.create(project("acme/web"), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(web.issues).hasSize(1);
    assertThat(verdicts).isEmpty();
  }

  @Test
  void aSecondaryLimitIsNoMatterOfCredentials() {
    var told = JsonObject.of("message", "You have exceeded a secondary rate limit.");
    server.next(403, Map.of("X-RateLimit-Remaining", "4000"), told);
    var refused = refused(() -> tracker.create(project("acme/web"), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refused).hasMessage("Tracker Code was asked too often: try again in 60 s");
    assertThat(verdicts).isEmpty();
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void triesAReadThriceAndAWriteOnce() {
    server.issue("acme/web", "First", "ann");
    server.next(502, Map.of(), "bad gateway");
    server.next(503, Map.of(), "away");
    assertThat(tracker.issue(project("acme/web"), "1").await()).isPresent();
    server.next("POST", 502, Map.of(), "bad gateway");
    var refused = refused(() -> tracker.create(project("acme/web"), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(server.count("POST /repos/acme/web/issues")).isOne();
  }

  @Test
  void anAnswerThatIsNoJsonIsSaidSo() {
    server.next(200, Map.of(), "<html>");
    var refused = refused(() -> tracker.labels(project("acme/web")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(refused).hasMessageContaining("and no JSON");
  }

  @Test
  void anAnswerToAWriteThatNobodyUnderstandsMayHaveBeenDone() {
    server.next("POST", 201, Map.of(), "<html>");
    var page = refused(() -> tracker.create(project("acme/web"), fields("x", "open")));
    assertThat(page.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(page.details().getBoolean("may_have_been_done")).isTrue();
    server.next("POST", 201, Map.of(), JsonObject.of("id", 1));
    var odd = refused(() -> tracker.create(project("acme/web"), fields("x", "open")));
    assertThat(odd).hasMessage("Tracker Code answered otherwise than its documentation says");
    assertThat(odd.details().getBoolean("may_have_been_done")).isTrue();
    server.next(200, Map.of(), JsonObject.of("id", 1));
    var read = refused(() -> tracker.issue(project("acme/web"), "1"));
    assertThat(read.details()).isNull();
  }

  private GitHubTracker with(String token) {
    var connection = connection(server.uri(), "api_token", new JsonObject(), token);
    return new GitHubTracker(connection, web(connection));
  }

  private io.umbel.tools.issues.store.Issue issue() {
    return issue("1");
  }

  private io.umbel.tools.issues.store.Issue issue(String number) {
    var project = project("acme/web");
    return kept(project, tracker.issue(project, number).await().orElseThrow().placed());
  }

  private static String[] numbers(int last) {
    return java.util.stream.IntStream.rangeClosed(1, last)
        .mapToObj(Integer::toString)
        .toArray(String[]::new);
  }
}
