package io.umbel.tools.issues.tracker.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Remote.Label;
import io.umbel.tools.issues.tracker.Remote.Place;
import io.umbel.tools.issues.tracker.Remote.Since;
import io.umbel.tools.issues.tracker.RemoteTest;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitLabTrackerTest extends RemoteTest {

  private static final String WEB = "acme/shop/web";

  private GitLabServer server;
  private GitLabServer.Project web;
  private GitLabTracker tracker;

  @BeforeEach
  void start() {
    server = new GitLabServer(vertx());
    web = server.project(WEB);
    tracker = with(GitLabServer.TOKEN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesAnIssueInASubgroupWithLabelsPriorityAndAssigneeByNumber() {
    var placed = tracker
        .create(project(WEB), fields("Login fails", "high", List.of("bug", "ui"), "ann"))
        .await();
    assertThat(placed.key()).isEqualTo("acme/shop/web#1");
    assertThat(placed.url()).isEqualTo(server.uri() + "/acme/shop/web/-/issues/1");
    assertThat(placed.taken().priority()).isEqualTo("high");
    assertThat(placed.taken().labels()).containsExactly("bug", "ui");
    assertThat(placed.taken().assignee()).isEqualTo("ann");
    assertThat(placed.taken().status().word()).isEqualTo("open");
    assertThat(placed.taken().status().original()).isEqualTo("opened");
    var sent = server.lastWrite();
    assertThat(sent.path()).isEqualTo("/api/v4/projects/acme%2Fshop%2Fweb/issues");
    assertThat(sent.json().getJsonArray("assignee_ids")).isEqualTo(JsonArray.of(11));
    assertThat(sent.json().getString("labels")).isEqualTo("bug,ui,priority::high");
  }

  @Test
  void refusesAnAssigneeThatIsNobodyAndMakesNothing() {
    var refused = refused(() -> tracker.create(project(WEB), fields("x", null, List.of(), "zoe")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused).hasMessage("There is no user called \"zoe\" on GitLab: give a username");
    assertThat(web.issues).isEmpty();
  }

  @Test
  void findsAnAssigneeWhateverTheCaseAndWithAnAt() {
    var placed =
        tracker.create(project(WEB), fields("x", null, List.of(), "@Ann")).await();
    assertThat(placed.taken().assignee()).isEqualTo("ann");
  }

  @Test
  void closesAndReopensByEvent() {
    server.issue(WEB, "First", "ann");
    var closed = tracker.update(issue(), asked(issue().fields(), "done")).await();
    assertThat(closed.status().word()).isEqualTo("closed");
    assertThat(closed.status().category()).isEqualTo("done");
    assertThat(server.lastWrite().json()).isEqualTo(JsonObject.of("state_event", "close"));
    var opened = tracker.update(issue(), asked(issue().fields(), "open")).await();
    assertThat(opened.status().word()).isEqualTo("open");
    assertThat(server.lastWrite().json()).isEqualTo(JsonObject.of("state_event", "reopen"));
    var refused = refused(() -> tracker.update(issue(), asked(issue().fields(), "doing")));
    assertThat(refused)
        .hasMessage("There is no status \"doing\" in this tracker: take one of open, closed");
  }

  @Test
  void makesOneThatIsClosedByClosingItAfterwards() {
    assertThat(tracker
            .create(project(WEB), fields("x", "closed"))
            .await()
            .taken()
            .status()
            .word())
        .isEqualTo("closed");
    server.next("PUT", 400, Map.of(), JsonObject.of("error", "no"));
    assertThat(tracker
            .create(project(WEB), fields("x", "closed"))
            .await()
            .taken()
            .status()
            .word())
        .isEqualTo("open");
  }

  @Test
  void clearsWhatIsEmpty() {
    server
        .issue(WEB, "First", "ann")
        .put("assignees", JsonArray.of(server.user("ann")))
        .put("labels", JsonArray.of("bug", "priority::low"))
        .put("description", "Long");
    var before = issue().fields();
    var wanted = new Fields(before.title(), "", before.status(), "", List.of(), "");
    var taken = tracker.update(issue(), wanted).await();
    assertThat(taken.description()).isEmpty();
    assertThat(taken.assignee()).isNull();
    assertThat(taken.labels()).isEmpty();
    assertThat(taken.priority()).isNull();
    assertThat(server.lastWrite().json())
        .isEqualTo(JsonObject.of("description", "")
            .put("labels", "")
            .put("assignee_ids", JsonArray.of(0)));
  }

  @Test
  void changesOnlyWhatIsToBeAnotherAndAsksNothingWhereNothingIs() {
    server.issue(WEB, "First", "ann").put("labels", JsonArray.of("bug"));
    var issue = issue();
    tracker.update(issue, titled(issue.fields(), "Second")).await();
    assertThat(server.lastWrite().json()).isEqualTo(JsonObject.of("title", "Second"));
    server.forget();
    tracker.update(issue, asked(issue.fields(), "todo")).await();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aLabelHasNoComma() {
    var refused =
        refused(() -> tracker.create(project(WEB), fields("x", null, List.of("a,b"), null)));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused).hasMessage("A label on GitLab has no comma: a,b");
  }

  @Test
  void textIsTextAndNoOrder() {
    var wanted = new Fields(
        "x",
        "It says:\n/close\n/etc/hosts is a file",
        fields("x", "open").status(),
        null,
        List.of(),
        null);
    var placed = tracker.create(project(WEB), wanted).await();
    assertThat(placed.taken().status().word()).isEqualTo("open");
    assertThat(placed.taken().description()).isEqualTo("It says:\n\\/close\n/etc/hosts is a file");
    tracker.comment(issue(), new Remark("/close", null, null)).await();
    assertThat(web.issues.get(0).getString("state")).isEqualTo("opened");
    var kept = issue();
    assertThat(tracker.update(kept, titled(kept.fields(), "y")).await().description())
        .isEqualTo(kept.fields().description());
  }

  @Test
  void anIssueComesWithItsThreads() {
    server.issue(WEB, "First", "ann");
    var first = server.say(web, "issues", 1, "One", "ben").getLong("id").toString();
    server.say(web, "issues", 1, "changed the description", "ann").put("system", true);
    var reply = tracker.comment(issue(), new Remark("Two", null, first)).await();
    var copy = tracker.issue(project(WEB), "1").await().orElseThrow();
    assertThat(copy.comments()).extracting("body").containsExactly("One", "Two");
    assertThat(copy.comments()).extracting("inReplyTo").containsExactly(null, first);
    assertThat(copy.comments().get(1).placed()).isEqualTo(reply);
    assertThat(reply.url()).endsWith("/-/issues/1#note_" + reply.externalId());
    assertThat(copy.origin().more().getString("original_type")).isEqualTo("issue");
    assertThat(tracker.issue(project(WEB), "2").await()).isEmpty();
    assertThat(tracker.issue(project(WEB), "1/notes").await()).isEmpty();
  }

  @Test
  void changesACommentAndNoneOfAnotherIssue() {
    server.issue(WEB, "First", "ann");
    server.issue(WEB, "Second", "ann");
    var mine = server.say(web, "issues", 1, "One", "ben").getLong("id").toString();
    tracker.change(issue(), new CommentChange(mine, "/close", null, null, null)).await();
    assertThat(web.threads("issues", 1).get(0).encode()).contains("\\\\/close");
    var other = server.say(web, "issues", 2, "Two", "ben").getLong("id").toString();
    var refused =
        refused(() -> tracker.change(issue(), new CommentChange(other, "Mine", null, null, null)));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused)
        .hasMessage("Tracker Code has no comment " + other
            + " of issue acme/shop/web#1, or its credentials do not see it");
    var reply = refused(() -> tracker.comment(issue(), new Remark("x", null, other)));
    assertThat(reply.code()).isEqualTo(ErrorCode.NOT_FOUND);
    var odd =
        refused(() -> tracker.change(issue(), new CommentChange("../1", "Mine", null, null, null)));
    assertThat(odd.code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void issuesHaveNeitherLinesNorThreadsThatAreResolved() {
    server.issue(WEB, "First", "ann");
    var line = refused(
        () -> tracker.comment(issue(), new Remark("x", new Line("a.java", 1, "RIGHT"), null)));
    assertThat(line.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(line).hasMessageContaining("name a merge request");
    var resolved =
        refused(() -> tracker.change(issue(), new CommentChange("1", null, true, null, null)));
    assertThat(resolved.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(resolved)
        .hasMessage("GitLab resolves threads of merge requests alone, not of issues");
  }

  @Test
  void linksIssuesEvenTwice() {
    server.issue(WEB, "First", "ann");
    server.issue(WEB, "Second", "ann");
    tracker.link(issue("1"), issue("2"), Relation.BLOCKS).await();
    tracker.link(issue("1"), issue("2"), Relation.BLOCKS).await();
    assertThat(server.links).hasSize(1);
    assertThat(server.links.get(0).getString("link_type")).isEqualTo("blocks");
    var refused = refused(() -> tracker.link(issue("1"), issue("2"), Relation.DUPLICATES));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(refused).hasMessageStartingWith("GitLab has no link for duplicates");
  }

  @Test
  void readsAllThatChangedPageByPageWhileItChanges() {
    for (int i = 1; i <= 230; i++) {
      server.issue(WEB, "Issue " + i, "ann");
    }
    var seen = new ArrayList<String>();
    String next = null;
    do {
      var page = tracker.changed(project(WEB), new Since(null, next)).await();
      page.issues().forEach(copy -> seen.add(copy.placed().externalId()));
      next = page.next();
      web.issues.get(0).put("updated_at", server.tick());
    } while (next != null);
    assertThat(seen).contains(numbers(230));
    assertThat(seen.size()).isLessThan(250);
  }

  @Test
  void readsOnWhereAllOfAPageChangedAtOnce() {
    for (int i = 1; i <= 250; i++) {
      server.issue(WEB, "Issue " + i, "ann").put("updated_at", "2026-01-05T10:00:00.000Z");
    }
    var seen = new ArrayList<String>();
    String next = null;
    var moved = false;
    do {
      var page = tracker.changed(project(WEB), new Since(null, next)).await();
      page.issues().forEach(copy -> seen.add(copy.placed().externalId()));
      next = page.next();
      if (!moved && seen.size() >= 200) {
        web.issues.get(0).put("updated_at", "2026-01-05T10:00:05.000Z");
        moved = true;
      }
    } while (next != null);
    assertThat(moved).isTrue();
    assertThat(seen).contains(numbers(250));
  }

  @Test
  void readsOnlyWhatChangedSince() {
    server.issue(WEB, "Old", "ann");
    server.issue(WEB, "New", "ann");
    var since = web.issues.get(1).getString("updated_at");
    var page = tracker.changed(project(WEB), new Since(since, null)).await();
    assertThat(page.issues())
        .extracting(copy -> copy.placed().taken().title())
        .containsExactly("New");
  }

  @Test
  void listsProjectsAndLabels() {
    server.project("acme/api");
    for (int i = 0; i < 120; i++) {
      server.project("acme/more-" + i);
    }
    var all = tracker.projects(500).await();
    assertThat(all).hasSize(122).contains(new Place(WEB, "web", "acme/shop"));
    assertThat(tracker.projects(5).await()).hasSize(5);
    web.labels.add(JsonObject.of("name", "bug", "color", "#d9534f", "description", "Broken"));
    assertThat(tracker.labels(project(WEB)).await())
        .containsExactly(new Label("bug", "Broken", "d9534f"));
  }

  @Test
  void saysWhetherItsTokenIsGood() {
    assertThat(tracker.test().await().message()).isEqualTo("Connected as bot");
    var verdict = with("glpat-wrong").test().await();
    assertThat(verdict.isValid()).isFalse();
    assertThat(verdict.message()).contains("does not take the credentials");
    assertThat(verdict.message()).doesNotContain("glpat-wrong");
    assertThat(verdicts).hasSize(1);
  }

  @Test
  void aTokenThatMayOnlyReadMakesTheTrackerInvalid() {
    var refused =
        refused(() -> with(GitLabServer.READ_ONLY).create(project(WEB), fields("x", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(verdicts).extracting(verdict -> verdict.isValid()).containsExactly(false);
  }

  @Test
  void theUrlOfItsApiIsAsGoodAsThatOfTheServer() {
    var connection = connection(
        URI.create(server.uri() + "/api/v4"), "api_token", new JsonObject(), GitLabServer.TOKEN);
    var verdict = new GitLabTracker(connection, web(connection)).test().await();
    assertThat(verdict.isValid()).isTrue();
  }

  @Test
  void saysInGitLabsWordsWhatItDoesNotTake() {
    var refused = refused(() -> tracker.create(project(WEB), fields(" ", "open")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused).hasMessage("Tracker Code does not take this: title can't be blank");
    var project = refused(() -> tracker.labels(project("acme/secret")));
    assertThat(project.code()).isEqualTo(ErrorCode.NOT_FOUND);
    var odd = refused(() -> tracker.labels(project("acme/../web")));
    assertThat(odd).hasMessageContaining("is called as in acme/shop/web");
  }

  @Test
  void waitsOnceAsLongAsItIsToldAndTriesReadsAlone() {
    server.next(429, Map.of("Retry-After", "0"), "Retry later");
    tracker.create(project(WEB), fields("x", "open")).await();
    server.next(429, Map.of("Retry-After", "0"), "Retry later");
    server.next(429, Map.of("Retry-After", "0"), "Retry later");
    var often = refused(() -> tracker.create(project(WEB), fields("x", "open")));
    assertThat(often.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    server.next(500, Map.of(), "broken");
    server.next(502, Map.of(), "broken");
    assertThat(tracker.issue(project(WEB), "1").await()).isPresent();
    server.forget();
    server.next("POST", 500, Map.of(), "broken");
    var broken = refused(() -> tracker.create(project(WEB), fields("x", "open")));
    assertThat(broken.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(server.asked()).hasSize(1);
    assertThat(web.issues).hasSize(1);
  }

  @Test
  void anAnswerToAWriteThatNobodyUnderstandsMayHaveBeenDone() {
    server.next("POST", 201, Map.of(), "<html>");
    var page = refused(() -> tracker.create(project(WEB), fields("x", "open")));
    assertThat(page.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(page.details().getBoolean("may_have_been_done")).isTrue();
    server.next("POST", 201, Map.of(), JsonObject.of("id", 1));
    var odd = refused(() -> tracker.create(project(WEB), fields("x", "open")));
    assertThat(odd).hasMessage("Tracker Code answered otherwise than its documentation says");
    assertThat(odd.details().getBoolean("may_have_been_done")).isTrue();
    server.next(200, Map.of(), JsonObject.of("id", 1));
    var read = refused(() -> tracker.issue(project(WEB), "1"));
    assertThat(read.details()).isNull();
  }

  private GitLabTracker with(String token) {
    var connection = connection(server.uri(), "api_token", new JsonObject(), token);
    return new GitLabTracker(connection, web(connection));
  }

  private Issue issue() {
    return issue("1");
  }

  private Issue issue(String number) {
    var project = project(WEB);
    return kept(project, tracker.issue(project, number).await().orElseThrow().placed());
  }

  private static String[] numbers(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toArray(String[]::new);
  }
}
