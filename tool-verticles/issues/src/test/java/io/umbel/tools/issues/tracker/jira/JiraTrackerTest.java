package io.umbel.tools.issues.tracker.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import io.umbel.tools.issues.tracker.Remote.Place;
import io.umbel.tools.issues.tracker.Remote.Since;
import io.umbel.tools.issues.tracker.RemoteTest;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.umbel.tools.issues.tracker.jira.adf.Adf;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is Jira's own beside what all trackers do. */
class JiraTrackerTest extends RemoteTest {

  private JiraServer cloud;
  private JiraServer center;

  @BeforeEach
  void start() {
    cloud = new JiraServer(vertx(), true);
    center = new JiraServer(vertx(), false);
  }

  @AfterEach
  void stop() {
    cloud.close();
    center.close();
  }

  private List<JiraServer> both() {
    return List.of(cloud, center);
  }

  private JiraTracker tracker(JiraServer server) {
    var details = JsonObject.of("api_version", server.isCloud ? 3 : 2);
    return tracker(server.uri(), server.isCloud ? details.put("email", JiraServer.EMAIL) : details);
  }

  private JiraTracker tracker(URI url, JsonObject details) {
    var connection = connection(url, "api_token", details, JiraServer.TOKEN);
    return new JiraTracker(connection, web(connection));
  }

  private Issue made(JiraServer server, Fields wanted) {
    return kept(project("WEB"), tracker(server).create(project("WEB"), wanted).await());
  }

  private static Fields labelled(String... labels) {
    return fields("One", null, List.of(labels), null);
  }

  private static Fields assigned(String name) {
    return fields("One", null, List.of(), name);
  }

  @Test
  void saysWhatIsMissingBeforeAnythingIsAsked() {
    var atlassian = URI.create("https://acme.atlassian.net");
    assertThat(tracker(atlassian, new JsonObject()).test().await().message())
        .isEqualTo("Jira Cloud needs connection_details.email: the address of whoever the token"
            + " belongs to");
    assertThat(
            tracker(atlassian, JsonObject.of("api_version", 2)).test().await().message())
        .isEqualTo("Jira Cloud speaks version 3: leave connection_details.api_version out");
    assertThat(tracker(center.uri(), JsonObject.of("api_version", 7))
            .test()
            .await()
            .message())
        .isEqualTo("connection_details.api_version has to be 2 (Data Center) or 3 (Cloud)");
    var refused =
        refused(() -> tracker(atlassian, new JsonObject()).create(project("WEB"), labelled()));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
    assertThat(center.asked()).isEmpty();
  }

  @Test
  void takesThatForDataCenterWhichIsNotAtAtlassian() {
    assertThat(tracker(center.uri(), new JsonObject()).test().await().message())
        .isEqualTo("Jira knows the owner of the token: umbel");
    assertThat(tracker(cloud).test().await().message())
        .isEqualTo("Jira knows the owner of the token: Umbel");
  }

  @Test
  void aStrangerIsNotTakenForAnEmptyProject() {
    cloud.takesStrangers = true;
    var details = JsonObject.of("api_version", 3, "email", "somebody@example.org");
    var refused =
        refused(() -> tracker(cloud.uri(), details).changed(project("WEB"), new Since(null, null)));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(verdicts).isNotEmpty().noneMatch(verdict -> verdict.isValid());
  }

  @Test
  void aPageForPeopleIsNoJira() {
    var refused = refused(() -> tracker(
            URI.create(cloud.uri() + "/wiki"),
            JsonObject.of("api_version", 3, "email", JiraServer.EMAIL))
        .projects(5));
    assertThat(refused).hasMessage("Tracker Code answered with HTTP status 404");
    cloud.next(200, Map.of(), "<html>Sign in</html>");
    assertThat(refused(() -> tracker(cloud).projects(5)))
        .hasMessage("Tracker Code answered, but not like a Jira: is its url right?");
  }

  @Test
  void textsAreDocumentsInTheCloudAndStayTextsElsewhere() {
    var text = "Mind **this**:\n\n- [ ] one";
    for (var server : both()) {
      var issue = made(server, new Fields("One", text, Status.asked(null), null, List.of(), null));
      assertThat(issue.fields().description()).isEqualTo(text);
      var kept = server.find(issue.key()).getJsonObject("fields").getValue("description");
      assertThat(kept).isEqualTo(server.isCloud ? Adf.of(text) : text);
    }
  }

  @Test
  void aNewIssueThatCannotBecomeWhatItShouldAtOnceStaysAndSaysSo() {
    for (var server : both()) {
      var placed =
          tracker(server).create(project("WEB"), fields("One", "closed")).await();
      assertThat(placed.taken().status().word()).isEqualTo("To Do");
      assertThat(placed.note())
          .isEqualTo("It is To Do, since Jira does not let a new issue become closed at once; it"
              + " can become In Progress, Done, Waiting");
      assertThat(server.issues).hasSize(1);
    }
  }

  @Test
  void aNewIssueIsOfTheTypeThatIsSet() {
    var details = JsonObject.of("api_version", 2, "issue_type", "Epic");
    var refused =
        refused(() -> tracker(center.uri(), details).create(project("WEB"), fields("One", "done")));
    assertThat(refused)
        .hasMessage("Project WEB has no issues of the type Epic: set"
            + " connection_details.issue_type of tracker Code to one of Task, Bug, Story");
    assertThat(refused(() -> tracker(center.uri(), details).create(project("WEB"), labelled())))
        .hasMessage("Jira (tracker Code) says: issuetype: Specify a valid issue type");
    assertThat(center.issues).isEmpty();
    tracker(center.uri(), JsonObject.of("issue_type", "Bug"))
        .create(project("WEB"), labelled())
        .await();
    var copied = tracker(center).issue(project("WEB"), "10001").await().orElseThrow();
    assertThat(copied.origin().more())
        .isEqualTo(JsonObject.of("type", "bug", "original_type", "Bug"));
  }

  @Test
  void whatIsClosedIsChangedBeforeAndWhatIsOpenedAgainAfter() {
    for (var server : both()) {
      var issue = made(server, fields("One", "done"));
      var closed = tracker(server).update(issue, asked(titled(issue.fields(), "Two"), "closed"));
      assertThat(closed.await().title()).isEqualTo("Two");
      assertThat(closed.await().status().word()).isEqualTo("Closed");
      var again = kept(project("WEB"), placed(issue, closed.await()));
      var opened = tracker(server).update(again, asked(titled(again.fields(), "Three"), "to do"));
      assertThat(opened.await().title()).isEqualTo("Three");
      assertThat(opened.await().status().category()).isEqualTo("todo");
    }
  }

  @Test
  void aWayThatWantsMoreIsLeftToJira() {
    for (var server : both()) {
      var issue = made(server, labelled());
      var wanted = asked(titled(issue.fields(), "Two"), "waiting");
      var refused = refused(() -> tracker(server).update(issue, wanted));
      assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
      assertThat(refused)
          .hasMessage("Jira wants more to be filled in for WEB-1 to become Waiting: Resolution. Do"
              + " it there");
      assertThat(title(server, issue)).isEqualTo("One");
    }
  }

  @Test
  void aStatusThatCannotBeReachedIsRefusedWithThoseThatCan() {
    for (var server : both()) {
      var issue = made(server, labelled());
      var refused = refused(() -> tracker(server).update(issue, asked(issue.fields(), "closed")));
      assertThat(refused)
          .hasMessage("WEB-1 is To Do and cannot become \"closed\" from there: take one of In"
              + " Progress, Done, Waiting");
    }
  }

  @Test
  void whatSomebodyElseDidMeanwhileIsFine() {
    for (var server : both()) {
      var issue = made(server, labelled());
      server.find(issue.key()).getJsonObject("fields").put("status", server.flow.status("Done"));
      var taken = tracker(server).update(issue, asked(issue.fields(), "done")).await();
      assertThat(taken.status().word()).isEqualTo("Done");
    }
  }

  @Test
  void whatWasHalfDoneSaysSo() {
    for (var server : both()) {
      var issue = made(server, labelled());
      server.next(put(server, issue), 400, Map.of(), new JsonObject("""
          {"errorMessages": [], "errors": {"summary": "No."}}"""));
      var refused = refused(() ->
          tracker(server).update(issue, asked(titled(issue.fields(), "2"), "in progress")));
      assertThat(refused)
          .hasMessage("WEB-1 became In Progress, then: Jira (tracker Code) says: summary: No.");
      assertThat(refused.details())
          .isEqualTo(JsonObject.of("tracker_updated", true, "may_have_been_done", true));

      server.next(post(server, issue), 500, Map.of(), null);
      refused =
          refused(() -> tracker(server).update(issue, asked(titled(issue.fields(), "2"), "done")));
      assertThat(refused)
          .hasMessageStartingWith("WEB-1 was changed, but not its status, then: Tracker Code");
      server.next(post(server, issue).replace("10001", "10002"), 400, Map.of(), new JsonObject());
      refused = refused(() -> tracker(server).create(project("WEB"), fields("One", "done")));
      assertThat(refused).hasMessageStartingWith("WEB-2 was made, then: ");
      assertThat(refused.details().getBoolean("may_have_been_done")).isTrue();
    }
  }

  @Test
  void anAnswerToAWriteThatNobodyUnderstandsMayHaveBeenOne() {
    for (var server : both()) {
      server.next("POST", 201, Map.of(), "<html>Thanks</html>");
      var refused = refused(() -> tracker(server).create(project("WEB"), labelled()));
      assertThat(refused)
          .hasMessage("Jira took it, then: Tracker Code answered, but not like a Jira: is its url"
              + " right?");
      assertThat(refused.details().getBoolean("may_have_been_done")).isTrue();
      var issue = made(server, labelled());
      server.next("GET", 200, Map.of(), JsonObject.of("id", 7));
      refused = refused(() -> tracker(server).update(issue, titled(issue.fields(), "Two")));
      assertThat(refused).hasMessageStartingWith("WEB-1 was changed, then: ");
      assertThat(title(server, issue)).isEqualTo("Two");
    }
  }

  @Test
  void labelsHaveNoSpaces() {
    for (var server : both()) {
      var refused =
          refused(() -> tracker(server).create(project("WEB"), labelled("ok", "needs  review")));
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(refused)
          .hasMessage("Jira's labels have no spaces: write \"needs-review\" in place of \"needs "
              + " review\"");
      assertThat(server.issues).isEmpty();
      assertThat(tracker(server).labels(project("WEB")).await()).isEmpty();
    }
  }

  @Test
  void findsPeopleByWhateverTheyAreCalled() {
    for (var name : new String[] {"Ann Bell", "ann bell", "5b10ac8d82e05b22cc7d4ef5"}) {
      assertThat(made(cloud, assigned(name)).fields().assignee()).isEqualTo("Ann Bell");
    }
    for (var name : new String[] {"ann", "ANN", "Ann Bell", "ann@example.org"}) {
      assertThat(made(center, assigned(name)).fields().assignee()).isEqualTo("ann");
    }
  }

  @Test
  void whoIsNotFoundIsGuessed() {
    assertThat(refused(() -> tracker(cloud).create(project("WEB"), assigned("Ann"))))
        .hasMessage("Nobody called \"Ann\" can be assigned in WEB: did you mean Ann Bell");
    assertThat(refused(() -> tracker(cloud).create(project("WEB"), assigned("zoe"))))
        .hasMessage("Nobody called \"zoe\" can be assigned in WEB: give a whole name, an e-mail"
            + " address or an account id");
    assertThat(refused(() -> tracker(center).create(project("WEB"), assigned("zoe"))))
        .hasMessage("Nobody called \"zoe\" can be assigned in WEB: give a whole name, an e-mail"
            + " address or a user name");
    for (var server : both()) {
      server.people.add(JiraServer.ANN.copy().put("accountId", "other").put("name", "ann2"));
      var refused = refused(() -> tracker(server).create(project("WEB"), assigned("Ann Bell")));
      assertThat(refused.code()).isEqualTo(ErrorCode.AMBIGUOUS);
      assertThat(refused.details().getJsonArray("candidates")).hasSize(2);
      server.people.forEach(person -> person.put("active", false));
      assertThat(refused(() -> tracker(server).create(project("WEB"), assigned("Ann Bell")))
              .code())
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
      server.people.forEach(person -> person.put("active", true));
    }
  }

  @Test
  void whatJiraSaysIsTold() {
    for (var server : both()) {
      var wanted = new Fields("One", "x".repeat(40_000), Status.asked(null), null, List.of(), null);
      var refused = refused(() -> tracker(server).create(project("WEB"), wanted));
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(refused)
          .hasMessage("Jira (tracker Code) says: description: The entered text is too long. It"
              + " exceeds the allowed limit of 32,767 characters.");
      server.next("POST", 409, Map.of(), JsonObject.of("errorMessages", JsonArray.of("Busy.")));
      var busy = refused(() -> tracker(server).create(project("WEB"), labelled()));
      assertThat(busy.code()).isEqualTo(ErrorCode.CONFLICT);
      assertThat(busy).hasMessage("Jira (tracker Code) says: Busy.");
      var many = new JsonArray();
      for (int i = 0; i < 100; i++) {
        many.add("Line\nafter\tline \u0000 " + "y".repeat(50));
      }
      server.next("POST", 400, Map.of(), JsonObject.of("errorMessages", many));
      assertThat(
              refused(() -> tracker(server).create(project("WEB"), labelled())).getMessage())
          .hasSizeLessThan(600)
          .doesNotContain("\n", "\t", "\0");
    }
  }

  @Test
  void anIssueBlocksTheOtherAndNotTheOtherWayRound() {
    for (var server : both()) {
      var one = made(server, labelled());
      var two = made(server, labelled());
      for (var relation : Relation.values()) {
        tracker(server).link(one, two, relation).await();
      }
      assertThat(server.links)
          .containsExactly(
              "WEB-1 blocks WEB-2",
              "WEB-2 blocks WEB-1",
              "WEB-1 relates to WEB-2",
              "WEB-1 duplicates WEB-2");
      server.next("GET", 200, Map.of(), JsonObject.of("issueLinkTypes", new JsonArray()));
      assertThat(refused(() -> tracker(server).link(one, two, Relation.DUPLICATES)))
          .hasMessage("This Jira has no links of which it says \"duplicates\": whoever administers"
              + " it can add them");
      var other = new Issue(two.row().copy().put("tracker_id", "elsewhere"));
      assertThat(refused(() -> tracker(server).link(one, other, Relation.BLOCKS)))
          .hasMessage("Jira links only issues of its own: WEB-2 is in another tracker");
    }
  }

  @Test
  void readsAllCommentsButThoseForSome() {
    for (var server : both()) {
      var issue = server.make("WEB", "One");
      for (int i = 0; i < 130; i++) {
        var body = server.isCloud ? Adf.of("Comment " + i) : "Comment " + i;
        var comment = server.talk.say(issue, JiraServer.BEN, body);
        if (i == 3) {
          comment.put("visibility", JsonObject.of("type", "role", "value", "Administrators"));
        }
      }
      var page = tracker(server).changed(project("WEB"), new Since(null, null)).await();
      var comments = page.issues().get(0).comments();
      assertThat(comments).hasSize(129);
      assertThat(comments).extracting(CopiedComment::body).doesNotContain("Comment 3");
      assertThat(comments.get(128).body()).isEqualTo("Comment 129");
      assertThat(comments.get(0).author()).isEqualTo(server.isCloud ? "Ben Cole" : "ben");
    }
  }

  @Test
  void changesItsCommentsAndResolvesNone() {
    for (var server : both()) {
      var issue = made(server, labelled());
      var said = tracker(server).comment(issue, new Remark("One", null, null)).await();
      assertThat(said.url())
          .isEqualTo(server.uri() + "/browse/WEB-1?focusedCommentId=" + said.externalId());
      var change = new CommentChange(said.externalId(), "Two", null, null, null);
      tracker(server).change(issue, change).await();
      var copied = tracker(server).issue(project("WEB"), "10001").await().orElseThrow();
      assertThat(copied.comments().get(0).body()).isEqualTo("Two");
      var resolve = new CommentChange(said.externalId(), null, true, null, null);
      assertThat(refused(() -> tracker(server).change(issue, resolve)).code())
          .isEqualTo(ErrorCode.NOT_SUPPORTED);
      var nothing = new CommentChange(said.externalId(), " ", null, null, null);
      assertThat(refused(() -> tracker(server).change(issue, nothing)))
          .hasMessage("A comment has to say something");
      var gone = new CommentChange("1", "Two", null, null, null);
      assertThat(refused(() -> tracker(server).change(issue, gone)).code())
          .isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void anIssueThatMovedToAnotherProjectIsNotThere() {
    for (var server : both()) {
      server.make("API", "One");
      assertThat(tracker(server).issue(project("WEB"), "10001").await()).isEmpty();
      assertThat(tracker(server).issue(project("API"), "10001").await()).isPresent();
    }
  }

  @Test
  void filesProjectsUnderTheirCategory() {
    for (var server : both()) {
      assertThat(tracker(server).projects(9).await())
          .containsExactly(
              new Place("API", "Interfaces", "Inside"), new Place("WEB", "Website", "127.0.0.1"));
    }
  }

  @Test
  void missesNothingWhereverTheOwnerOfTheTokenLives() {
    for (var zone : new String[] {"America/Los_Angeles", "Pacific/Kiritimati", "UTC", null}) {
      for (var server : both()) {
        server.issues.clear();
        server.zone = zone == null ? null : ZoneId.of(zone);
        server.make("WEB", "Before");
        var since = server.now.plusSeconds(86_400);
        server.now = since.plusSeconds(20);
        var fresh = server.make("WEB", "After").getString("id");
        var told = all(server, new Since(since.toString(), null));
        assertThat(ids(told)).as("%s", zone).containsExactly(fresh);
      }
    }
  }

  @Test
  void readsOnceMoreWhatTheSearchMayNotHaveKnown() {
    for (var server : both()) {
      var id = server.make("WEB", "One").getString("id");
      assertThat(ids(all(server, new Since(server.now.plusSeconds(240).toString(), null))))
          .containsExactly(id);
      assertThat(all(server, new Since(server.now.plusSeconds(400).toString(), null)))
          .isEmpty();
    }
  }

  @Test
  void readsAMinuteInWhichMoreHappenedThanAPageHolds() {
    var made = new HashSet<String>();
    for (int i = 0; i < 220; i++) {
      var issue = center.make("WEB", "Issue " + i);
      made.add(issue.getString("id"));
      issue.put(
          "updated_at", Instant.parse("2026-01-05T09:00:40Z").plusMillis(i).toString());
      issue.getJsonObject("fields").put("updated", "2026-01-05T09:00:40.000+0000");
    }
    var seen = new HashSet<String>();
    var page = tracker(center).changed(project("WEB"), new Since(null, null)).await();
    for (int i = 0; page.next() != null && i < 30; i++) {
      page.issues().forEach(issue -> seen.add(issue.placed().externalId()));
      if (i == 1) {
        center.touch(center.find("10003"));
      }
      page =
          tracker(center).changed(project("WEB"), new Since(null, page.next())).await();
    }
    page.issues().forEach(issue -> seen.add(issue.placed().externalId()));
    assertThat(seen).isEqualTo(made);
  }

  @Test
  void readsMoreThanDataCenterCounts() {
    center.window = 300;
    for (int i = 0; i < 700; i++) {
      center.make("WEB", "Issue " + i);
    }
    assertThat(ids(all(center, new Since(null, null)))).hasSize(700);
  }

  @Test
  void goesOnOnlyFromWhereItWas() {
    for (var server : both()) {
      for (var next :
          new String[] {"", "x", "e30", "eyJmcm9tIjoibm93In0", "eyJhdCI6IngifQ", "%%"}) {
        if (!next.equals("e30")) {
          var since = new Since(null, next);
          assertThat(refused(() -> tracker(server).changed(project("WEB"), since)))
              .hasMessage("This is no place to go on from: begin again without it");
        }
      }
      assertThat(refused(() -> tracker(server).changed(project("WEB"), new Since("now", null))))
          .hasMessage("A time has to be RFC 3339 in UTC, as in 2026-01-31T12:00:00Z");
    }
  }

  @Test
  void aProjectCannotAskForAnother() {
    for (var server : both()) {
      server.make("API", "Secret");
      var hostile = project("WEB\" OR project = \"API");
      var refused = refused(() -> tracker(server).changed(hostile, new Since(null, null)));
      assertThat(refused).isNotNull();
      assertThat(server.asked().get(server.asked().size() - 1).json().getString("jql"))
          .startsWith("project = \"WEB\\\" OR project = \\\"API\" ORDER");
    }
  }

  @Test
  void keepsNoMoreThanCanBeKept() {
    var issue = center.make("WEB", "x".repeat(300));
    var labels = new JsonArray().add("y".repeat(101));
    for (int i = 0; i < 60; i++) {
      labels.add("l" + i);
    }
    issue
        .getJsonObject("fields")
        .put("description", "d\0".repeat(150_000))
        .put("labels", labels)
        .putNull("reporter")
        .putNull("priority");
    center.talk.say(issue, JiraServer.ANN, " ");
    var copied = tracker(center).issue(project("WEB"), "10001").await().orElseThrow();
    var taken = copied.placed().taken();
    assertThat(taken.title()).hasSize(255);
    assertThat(taken.description()).hasSize(100_000).doesNotContain("\0");
    assertThat(taken.labels()).hasSize(50).allMatch(label -> label.length() <= 100);
    assertThat(taken.priority()).isNull();
    assertThat(copied.origin().author()).isEqualTo("unknown");
    assertThat(copied.comments().get(0).body()).isEqualTo("(no text)");
  }

  @Test
  void callsTypesByTheWordsThatAllTrackersShare() {
    assertThat(Types.normal("Defect")).isEqualTo("bug");
    assertThat(Types.normal(" Error ")).isEqualTo("bug");
    assertThat(Types.normal("Bug")).isEqualTo("bug");
    assertThat(Types.normal("Enhancement")).isEqualTo("feature");
    assertThat(Types.normal("improvement")).isEqualTo("feature");
    assertThat(Types.normal("Story")).isEqualTo("feature");
    assertThat(Types.normal("Task")).isEqualTo("task");
    assertThat(Types.normal("Epic")).isEqualTo("task");
    assertThat(Types.normal(null)).isEqualTo("task");
  }

  private List<Copied> all(JiraServer server, Since since) {
    var all = new ArrayList<Copied>();
    var page = tracker(server).changed(project("WEB"), since).await();
    all.addAll(page.issues());
    while (page.next() != null && all.size() < 30_000) {
      page =
          tracker(server).changed(project("WEB"), new Since(null, page.next())).await();
      all.addAll(page.issues());
    }
    return all;
  }

  private static Set<String> ids(List<Copied> issues) {
    var ids = new HashSet<String>();
    issues.forEach(issue -> ids.add(issue.placed().externalId()));
    return ids;
  }

  private static Placed placed(Issue issue, Fields taken) {
    return new Placed(issue.row().getString("external_id"), issue.key(), issue.url(), taken);
  }

  private static String title(JiraServer server, Issue issue) {
    return server.find(issue.key()).getJsonObject("fields").getString("summary");
  }

  private static String put(JiraServer server, Issue issue) {
    return "PUT " + path(server, issue);
  }

  private static String post(JiraServer server, Issue issue) {
    return "POST " + path(server, issue) + "/transitions";
  }

  private static String path(JiraServer server, Issue issue) {
    return "/rest/api/" + (server.isCloud ? 3 : 2) + "/issue/"
        + issue.row().getString("external_id");
  }
}
