package io.umbel.tools.issues;

import static io.umbel.contract.ErrorCode.ACCESS_DENIED;
import static io.umbel.contract.ErrorCode.AMBIGUOUS;
import static io.umbel.contract.ErrorCode.INVALID_ARGUMENT;
import static io.umbel.contract.ErrorCode.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What is read, how it is found, and by what words it is refused. */
class IssuesToolsTest extends IssuesFamily {

  @Test
  void tellsEachToolsHints() {
    assertThat(hints("get_issue")).isEqualTo(hints(true, true, false, true));
    assertThat(hints("list_issues")).isEqualTo(hints(true, true, false, false));
    assertThat(hints("update_issue"))
        .isEqualTo(JsonObject.of("idempotentHint", true, "destructiveHint", true)
            .put("openWorldHint", true));
    assertThat(hints("create_issue"))
        .isEqualTo(JsonObject.of("destructiveHint", false, "openWorldHint", true));
    assertThat(hints("add_comment"))
        .isEqualTo(JsonObject.of("destructiveHint", false, "openWorldHint", true));
  }

  @Test
  void tellsAllOfAnIssue() {
    var made = ok(
        ANN,
        "create_issue",
        JsonObject.of("project", "web", "title", " Doors jam ", "description", "They jam.\n")
            .put("labels", JsonArray.of("bug", "doors", "bug"))
            .put("assignee", "ben")
            .put("priority", "High")
            .put("status", "In Progress"));
    assertThat(made.getString("key")).isEqualTo("WEB-1");
    assertThat(made.getString("status")).isEqualTo("created");
    assertThat(made.getString("message")).isEqualTo("Created WEB-1");

    var issue = ok(ANN, "get_issue", asked("issue", "WEB-1"));

    assertThat(issue.getString("id")).isEqualTo(made.getString("issue_id"));
    assertThat(issue.getString("url")).isEqualTo(made.getString("url"));
    assertThat(issue.getString("title")).isEqualTo("Doors jam");
    assertThat(issue.getString("description")).isEqualTo("They jam.\n");
    assertThat(issue.getString("status")).isEqualTo("in_progress");
    assertThat(issue.getString("priority")).isEqualTo("high");
    assertThat(issue.getJsonArray("labels")).isEqualTo(JsonArray.of("bug", "doors"));
    assertThat(issue.getString("assignee")).isEqualTo("ben");
    assertThat(issue.getString("external_id")).isEqualTo("1");
    assertThat(issue.getString("organization")).isEqualTo("Team");
    assertThat(issue.getString("project_identifier")).isEqualTo("WEB");
    assertThat(issue.getValue("project_id")).isNull();
    assertThat(issue.getString("revision")).matches("[0-9a-f]{64}");
    assertThat(issue.getString("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(issue.getJsonObject("meta_data"))
        .isEqualTo(JsonObject.of("original_status", "In Progress")
            .put("status_category", "in_progress")
            .put("type", "bug")
            .put("author", "ann")
            .put("tracker", "Team")
            .put("tracker_type", "local"));
  }

  @Test
  void findsAnIssueByWhateverItIsCalled() {
    issue(ANN, "First");
    var second = ok(ANN, "create_issue", issueOf("Second"));
    var url = second.getString("url");
    for (var reference : new String[] {
      url,
      url + "/",
      url + "?a=b",
      url + "#comment-1",
      "WEB-2",
      "web-2",
      " WEB-2 ",
      "2",
      "-2",
      second.getString("issue_id"),
      "umbel://elsewhere/WEB-2",
      "https://j.x/browse/WEB-2?focused=1"
    }) {
      assertThat(ok(ANN, "get_issue", asked("issue", reference)).getString("key"))
          .as(reference)
          .isEqualTo("WEB-2");
    }
    no(ANN, NOT_FOUND, "get_issue", asked("issue", "B-2"));
    no(ANN, NOT_FOUND, "get_issue", asked("issue", "%-2"));
    no(ANN, NOT_FOUND, "get_issue", asked("issue", "WEB_2"));
  }

  @Test
  void aReferenceThatMeansSeveralNamesThemAll() {
    created(ANN, tracker("Others", project("WEB", null), project("API", null)));
    issue(ANN, JsonObject.of("project", "API"), "Third");
    var web = ok(ANN, "list_issues", new JsonObject());
    assertThat(web.getJsonArray("issues")).hasSize(1);
    var ambiguous =
        message(ANN, AMBIGUOUS, "create_issue", issueOf("Fourth").put("project", "WEB"));
    assertThat(ambiguous)
        .isEqualTo("\"WEB\" could be more than one project: take the id of one of the candidates");
    created(ANN, tracker("More", project("ABC", null)));
    issue(ANN, JsonObject.of("project", "ABC"), "Fifth");
    var error = no(ANN, AMBIGUOUS, "get_issue", asked("issue", "1"));
    assertThat(error.getString("message"))
        .isEqualTo("\"1\" could be more than one issue: take the id of one of the candidates");
    assertThat(error.getJsonObject("details").getJsonArray("candidates").stream())
        .extracting(candidate -> ((JsonObject) candidate).getString("key"))
        .containsExactlyInAnyOrder("API-1", "ABC-1");
  }

  @Test
  void whatDoesNotExistAndWhatIsSomebodyElsesGetTheSameWords() {
    var made = ok(ANN, "create_issue", issueOf("Secret"));
    created(EVE, tracker("Eve's", project("EVE", null)));
    for (var reference :
        new String[] {made.getString("key"), made.getString("issue_id"), made.getString("url")}) {
      assertThat(message(EVE, NOT_FOUND, "get_issue", asked("issue", reference)))
          .isEqualTo("There is no issue \"" + reference
              + "\": list_issues tells the keys of those there are");
    }
    assertThat(message(EVE, NOT_FOUND, "get_issue", asked("issue", "NO-1")))
        .isEqualTo("There is no issue \"NO-1\": list_issues tells the keys of those there are");
  }

  @Test
  void anUnknownProjectWidensNothing() {
    issue(ANN, "One");
    assertThat(message(ANN, NOT_FOUND, "list_issues", asked("project", "nope")))
        .isEqualTo("There is no tracker project \"nope\": you see WEB");
    assertThat(message(ANN, NOT_FOUND, "create_issue", issueOf("x").put("project", "nope")))
        .isEqualTo("There is no tracker project \"nope\": you see WEB");
    assertThat(message(ANN, NOT_FOUND, "list_labels", asked("project", "nope")))
        .isEqualTo("There is no tracker project \"nope\": you see WEB");
  }

  @Test
  void whatScopeRulesLeaveOutIsDenied() {
    var tracker = created(ANN, tracker("Two", project("IN", null), project("OUT", null)));
    var out = issue(ANN, JsonObject.of("project", "OUT"), "Left out");
    var rule =
        JsonObject.of("scope_type", "PROJECT", "rule_type", "EXCLUDE").put("identifier", "out");
    manage(ANN, "updateTracker", tracker.getString("id"), asked("scope_rules", JsonArray.of(rule)));
    var text = "The scope rules of tracker Two leave out project OUT";
    assertThat(message(ANN, ACCESS_DENIED, "get_issue", asked("issue", out))).isEqualTo(text);
    assertThat(message(ANN, ACCESS_DENIED, "list_issues", asked("project", "OUT")))
        .isEqualTo(text);
    assertThat(ok(ANN, "list_issues", new JsonObject()).getJsonArray("issues")).isEmpty();
    no(ANN, ACCESS_DENIED, "update_issue", JsonObject.of("issue", out, "title", "x"));
  }

  @Test
  void listsPageByPageWithoutTellingAnythingTwice() {
    for (int i = 1; i <= 5; i++) {
      issue(ANN, "Number " + i);
    }
    var first = ok(ANN, "list_issues", asked("limit", 2));
    assertThat(keys(first)).isEqualTo("WEB-5 WEB-4");
    assertThat(first.getJsonArray("issues").getJsonObject(0).containsKey("description"))
        .isFalse();
    var second = JsonObject.of("limit", 2, "cursor", first.getString("next_cursor"));
    var page = ok(ANN, "list_issues", second);
    assertThat(keys(page)).isEqualTo("WEB-3 WEB-2");
    var last =
        ok(ANN, "list_issues", JsonObject.of("limit", 2, "cursor", page.getString("next_cursor")));
    assertThat(keys(last)).isEqualTo("WEB-1");
    assertThat(last.containsKey("next_cursor")).isFalse();
    ok(ANN, "update_issue", JsonObject.of("issue", "WEB-1", "status", "done"));
    assertThat(keys(ok(ANN, "list_issues", new JsonObject())))
        .isEqualTo("WEB-1 WEB-5 WEB-4 WEB-3 WEB-2");
    assertThat(keys(ok(ANN, "list_issues", asked("sort", "created"))))
        .isEqualTo("WEB-5 WEB-4 WEB-3 WEB-2 WEB-1");
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    issue(ANN, "One");
    issue(ANN, "Two");
    var cursor = ok(ANN, "list_issues", asked("limit", 1)).getString("next_cursor");
    for (var wrong : new String[] {"x", "W10", cursor.substring(2), cursor + "A"}) {
      assertThat(message(ANN, INVALID_ARGUMENT, "list_issues", asked("cursor", wrong)))
          .isEqualTo("The cursor is not of this list with this filter: begin without one");
    }
    no(ANN, INVALID_ARGUMENT, "list_issues", JsonObject.of("cursor", cursor, "status", "open"));
    no(ANN, INVALID_ARGUMENT, "list_issues", asked("limit", 101));
    no(ANN, INVALID_ARGUMENT, "list_issues", asked("limit", 0));
  }

  @Test
  void listsByStatusLabelsAssigneeAndTime() {
    var args = issueOf("One").put("labels", JsonArray.of("a", "b")).put("assignee", "Ben");
    ok(ANN, "create_issue", args);
    ok(ANN, "create_issue", issueOf("Two").put("labels", JsonArray.of("a")).put("status", "done"));
    ok(ANN, "create_issue", issueOf("Three").put("status", "in review"));
    assertThat(keys(ok(ANN, "list_issues", asked("labels", JsonArray.of("a")))))
        .isEqualTo("WEB-2 WEB-1");
    assertThat(keys(ok(ANN, "list_issues", asked("labels", JsonArray.of("a", "b")))))
        .isEqualTo("WEB-1");
    assertThat(keys(ok(ANN, "list_issues", asked("assignee", "ben")))).isEqualTo("WEB-1");
    assertThat(keys(ok(ANN, "list_issues", asked("status", "in_progress")))).isEqualTo("WEB-3");
    assertThat(keys(ok(ANN, "list_issues", asked("status", "In Review")))).isEqualTo("WEB-3");
    assertThat(keys(ok(ANN, "list_issues", asked("status", "todo")))).isEqualTo("WEB-1");
    var after = ok(ANN, "get_issue", asked("issue", "WEB-2")).getString("updated_at");
    assertThat(keys(ok(ANN, "list_issues", asked("updated_after", after)))).isEqualTo("WEB-3");
    assertThat(message(ANN, INVALID_ARGUMENT, "list_issues", asked("updated_after", "yesterday")))
        .isEqualTo("updated_after has to be a moment such as 2026-01-31T12:00:00Z");
  }

  @Test
  void tellsLabelsCommentsLinksAndHistory() {
    ok(ANN, "create_issue", issueOf("One").put("labels", JsonArray.of("a", "b")));
    ok(ANN, "create_issue", issueOf("Two").put("labels", JsonArray.of("a")));
    var labels = ok(ANN, "list_labels", new JsonObject());
    assertThat(labels.getString("project")).isEqualTo("WEB");
    assertThat(labels.getJsonArray("labels").stream())
        .extracting(label -> ((JsonObject) label).getString("name") + " "
            + ((JsonObject) label).getInteger("issues"))
        .containsExactly("a 2", "b 1");

    var said = ok(ANN, "add_comment", JsonObject.of("target", "WEB-1", "comment", "Why?"));
    ok(
        BEN,
        "add_comment",
        JsonObject.of("target", "WEB-1", "comment", "So.")
            .put("in_reply_to", said.getString("comment_id")));
    var comments = ok(ANN, "list_comments", JsonObject.of("issue", "WEB-1", "limit", 1));
    assertThat(comments.getJsonArray("comments").getJsonObject(0).getString("body"))
        .isEqualTo("Why?");
    var more = ok(
        ANN,
        "list_comments",
        JsonObject.of("issue", "WEB-1", "cursor", comments.getString("next_cursor")));
    assertThat(more.getJsonArray("comments")).hasSize(1);
    var answer = more.getJsonArray("comments").getJsonObject(0);
    assertThat(answer.getString("author")).isEqualTo("ben");
    assertThat(answer.getString("in_reply_to")).isEqualTo(said.getString("comment_id"));
    assertThat(more.containsKey("next_cursor")).isFalse();
    var whole = ok(
        ANN,
        "get_issue",
        JsonObject.of("issue", "WEB-1", "include", JsonArray.of("comments", "compliance")));
    assertThat(whole.getJsonArray("comments")).hasSize(2);
    assertThat(whole.getJsonArray("compliance_results")).isEmpty();

    var link = JsonObject.of("issue", "WEB-1", "related_issue", "WEB-2", "relation", "blocks");
    assertThat(ok(ANN, "link_issues", link).getString("status")).isEqualTo("created");
    assertThat(ok(ANN, "link_issues", link).getString("status")).isEqualTo("exists");
    var other = ok(ANN, "get_issue", asked("issue", "WEB-2")).getJsonArray("links");
    assertThat(other.getJsonObject(0).getString("relation")).isEqualTo("is_blocked_by");
    assertThat(message(
            ANN, INVALID_ARGUMENT, "link_issues", link.copy().put("related_issue", "WEB-1")))
        .isEqualTo("An issue cannot be linked to itself: name another one");

    var history = ok(ANN, "get_issue_history", JsonObject.of("issue", "WEB-1", "limit", 3));
    assertThat(history.getJsonArray("history").stream())
        .extracting(entry -> ((JsonObject) entry).getString("field") + " by "
            + ((JsonObject) entry).getString("actor"))
        .containsExactly("link by ann", "comment by ben", "comment by ann");
    var older = JsonObject.of("issue", "WEB-1", "cursor", history.getString("next_cursor"));
    var rest = ok(ANN, "get_issue_history", older).getJsonArray("history");
    assertThat(rest).hasSize(1);
    assertThat(rest.getJsonObject(0).getString("field")).isEqualTo("created");
    assertThat(message(
            ANN,
            INVALID_ARGUMENT,
            "get_issue_history",
            JsonObject.of("issue", "WEB-2", "cursor", history.getString("next_cursor"))))
        .isEqualTo("The cursor is not of this issue's history: begin without one");
  }

  @Test
  void aReferenceIsNeitherEmptyNorEndless() {
    assertThat(message(ANN, INVALID_ARGUMENT, "get_issue", asked("issue", "  ")))
        .isEqualTo("An issue is needed: its URL, its key or its id");
    no(ANN, INVALID_ARGUMENT, "get_issue", asked("issue", "x".repeat(1025)));
    no(ANN, INVALID_ARGUMENT, "get_issue", asked("issue", ""));
    assertThat(message(ANN, INVALID_ARGUMENT, "get_issue", asked("issue", "a\u0000b")))
        .isEqualTo("A value in this call cannot be stored: leave out control characters");
  }

  private String issue(io.umbel.contract.Caller caller, JsonObject more, String title) {
    return ok(caller, "create_issue", issueOf(title).mergeIn(more)).getString("key");
  }

  private static String keys(JsonObject list) {
    return String.join(
        " ",
        list.getJsonArray("issues").stream()
            .map(issue -> ((JsonObject) issue).getString("key"))
            .toList());
  }

  private static JsonObject hints(
      boolean readOnly, boolean idempotent, boolean destructive, boolean openWorld) {
    return JsonObject.of("readOnlyHint", readOnly, "idempotentHint", idempotent)
        .put("destructiveHint", destructive)
        .put("openWorldHint", openWorld);
  }

  private JsonObject hints(String tool) {
    var outcome = (Outcome.Result) gateway().provide(announcement(), ANN).await();
    return Provided.fromBuffer(outcome.json()).offers().tools().stream()
        .filter(offered -> offered.name().equals(tool))
        .map(OfferedTool::definition)
        .map(definition -> definition.getJsonObject("annotations"))
        .findFirst()
        .orElseThrow();
  }
}
