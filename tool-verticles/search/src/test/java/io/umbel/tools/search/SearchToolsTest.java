package io.umbel.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Reach;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is found, and how it is told, beside what every family does. */
class SearchToolsTest extends SearchFamily {

  @Test
  void isThereWhereTheCallerHasIssuesToRead() {
    assertThat(announcement().offers().tools()).isEmpty();
    assertThat(tools(ANN)).containsExactly("search");
    assertThat(tools(EVE)).isEmpty();
    assertThat(call(EVE, query("x")))
        .isEqualTo(new Outcome.ProtocolError(-32602, "Unknown tool: search", null));
    issues.project("other", "OPS", new JsonObject());
    awaitThat(() -> tools(EVE).contains("search"));
    issues.trackers.remove("acme");
    issues.drop("acme", "WEB");
    awaitThat(() -> tools(ANN).isEmpty());
  }

  @Test
  void tellsAllThatAResultHas() {
    var id = issues.put(
        "acme", "WEB-1", text("Ticket cannot be printed", "The code is cut.", "bug", "ticket"));
    awaitKeys("WEB-1", query("printed"));
    var answer = found("printed");
    assertThat(answer.fieldNames())
        .containsExactly("results", "total", "search_type_used", "degraded");
    assertThat(answer.getInteger("total")).isEqualTo(1);
    assertThat(answer.getString("search_type_used")).isEqualTo("fulltext");
    assertThat(answer.getJsonArray("degraded")).containsExactly("semantic_unavailable");
    var result = results(answer).get(0);
    assertThat(result.getString("id")).isEqualTo("issue:" + id);
    assertThat(result.getString("item_type")).isEqualTo("issue");
    assertThat(result.getDouble("similarity")).isBetween(0.1, 1.0);
    assertThat(result.getString("snippet")).isEqualTo("Ticket cannot be printed");
    assertThat(result.getJsonObject("item").fieldNames())
        .containsExactlyInAnyOrder(
            "id",
            "key",
            "title",
            "status",
            "status_category",
            "labels",
            "assignee",
            "organization",
            "project",
            "project_id",
            "project_identifier",
            "url",
            "revision",
            "created_at",
            "updated_at");
    assertThat(result.getJsonObject("item").getString("id")).isEqualTo(id);
  }

  @Test
  void aTitleIsWorthMoreThanADescriptionAndThatMoreThanAComment() {
    issues.put(
        "acme",
        "WEB-1",
        text("Nothing", "Nothing").put("comments", JsonArray.of(IssuesTools.comment("b", "boat"))));
    issues.put("acme", "WEB-2", text("Nothing", "A boat"));
    issues.put("acme", "WEB-3", text("The boat", "Nothing"));
    issues.put("acme", "WEB-4", text("Nothing", "Nothing", "boat"));
    var all = query("boat").put("search_type", "fulltext");
    awaitThat(() -> found(ANN, all).getInteger("total") == 5);
    assertThat(keys(found(ANN, all))).isEqualTo("WEB-3 WEB-4 WEB-2 (WEB-1) WEB-1");
    assertThat(keys(found(ANN, all.copy().put("target_type", "issue"))))
        .isEqualTo("WEB-3 WEB-4 WEB-2 WEB-1");
    var comments = found(ANN, all.copy().put("target_type", "comment"));
    assertThat(keys(comments)).isEqualTo("(WEB-1)");
    var comment = results(comments).get(0);
    assertThat(comment.getString("id")).isEqualTo("comment:" + IssuesTools.id("boat"));
    assertThat(comment.getString("snippet")).isEqualTo("boat");
    assertThat(comment.getJsonObject("item").getString("author")).isEqualTo("b");
    assertThat(comment.getJsonObject("item").getString("issue_title")).isEqualTo("Nothing");
  }

  @Test
  void understandsQuotesOrAndMinus() {
    issues.put("acme", "WEB-1", text("Red boat", ""));
    issues.put("acme", "WEB-2", text("Boat that is red", ""));
    issues.put("acme", "WEB-3", text("Green boats", ""));
    awaitKeys("WEB-3 WEB-2 WEB-1", fulltext("boat"));
    awaitKeys("WEB-1", fulltext("\"red boat\""));
    awaitKeys("WEB-3", fulltext("boat -red"));
    awaitKeys("WEB-3 WEB-2 WEB-1", fulltext("green or red"));
    awaitKeys("", fulltext("green red"));
    awaitKeys("", fulltext("\"boat green\""));
  }

  @Test
  void findsWhatIsWrittenWithOrWithoutAccentsAndInAnotherForm() {
    issues.put("acme", "WEB-1", text("Harbour Cais do Sodré is missing", ""));
    issues.put("acme", "WEB-2", text("Refunding of tickets", ""));
    awaitKeys("WEB-1", fulltext("sodre"));
    awaitKeys("WEB-1", fulltext("SODRÉ"));
    awaitKeys("WEB-1", fulltext("Sodre\u0301"));
    awaitKeys("WEB-2", fulltext("refunds ticket"));
    assertThat(results(found("sodre")).get(0).getString("snippet")).contains("Sodré");
  }

  @Test
  void whereNothingHasAllTheWordsThoseWithAnyAreTold() {
    issues.put("acme", "WEB-1", text("Ticket cannot be printed", ""));
    awaitKeys("WEB-1", query("printed"));
    var answer = found("why is my ticket not printed on paper");
    assertThat(keys(answer)).isEqualTo("WEB-1");
    assertThat(answer.getJsonArray("degraded")).containsExactly("any_word", "semantic_unavailable");
    assertThat(keys(found(ANN, fulltext("ticket paper")))).isEmpty();
    assertThat(keys(found("ticket -printed"))).isEmpty();
    assertThat(keys(found("\"ticket paper\""))).isEmpty();
  }

  @Test
  void nothingFoundIsNoError() {
    var answer = found("zebra");
    assertThat(answer.getJsonArray("results")).isEmpty();
    assertThat(answer.getInteger("total")).isZero();
    assertThat(answer.containsKey("next_cursor")).isFalse();
    assertThat(found("the").getJsonArray("results")).isEmpty();
    assertThat(found("!!! & | :* '\\").getJsonArray("results")).isEmpty();
  }

  @Test
  void anEmptyQueryListsTheNewest() {
    issues.put("acme", "WEB-1", text("One", "").put("category", "done").put("status", "closed"));
    issues.put("acme", "WEB-2", text("Two", "", "a", "b"));
    issues.put(
        "acme",
        "WEB-3",
        text("Three", "", "a").put("comments", JsonArray.of(IssuesTools.comment("b", "Hm"))));
    awaitKeys("WEB-3 WEB-2 WEB-1", query(" "));
    var answer = found("");
    assertThat(results(answer)).allMatch(result -> result.getDouble("similarity") == 1);
    assertThat(answer.getString("search_type_used")).isEqualTo("newest");
    assertThat(answer.getJsonArray("degraded")).isEmpty();
    assertThat(keys(found(ANN, query("").put("labels", JsonArray.of("a", "b")))))
        .isEqualTo("WEB-2");
    assertThat(keys(found(ANN, query("").put("status", "done")))).isEqualTo("WEB-1");
    assertThat(keys(found(ANN, query("").put("status", "Closed")))).isEqualTo("WEB-1");
    assertThat(keys(found(ANN, query("").put("target_type", "comment")))).isEqualTo("(WEB-3)");
    assertThat(keys(found(ANN, query("three").put("labels", JsonArray.of("b")))))
        .isEmpty();
  }

  @Test
  void anUnknownProjectIsNeverAllOfThem() {
    issues.project("acme", "API", JsonObject.of("project_id", "prj_1"));
    issues.project("acme", "OUT", JsonObject.of("in_scope", false));
    issues.put("acme", "WEB-1", text("A boat", ""));
    issues.put("acme", "API-1", text("A boat", ""));
    issues.put("acme", "OUT-1", text("A boat", ""));
    awaitKeys("API-1 WEB-1", query("boat"));
    assertThat(refusal(ANN, ErrorCode.NOT_FOUND, query("boat").put("project", "NOPE")))
        .isEqualTo("There is no tracker project \"NOPE\": you see API, WEB");
    assertThat(refusal(ANN, ErrorCode.ACCESS_DENIED, query("boat").put("project", "OUT")))
        .isEqualTo("The scope rules of tracker Tracker of acme leave out project OUT");
    assertThat(keys(found(ANN, query("boat").put("project", "web")))).isEqualTo("WEB-1");
    assertThat(keys(found(ANN, query("boat").put("project", "Project API")))).isEqualTo("API-1");
    assertThat(keys(found(ANN, query("boat").put("project", IssuesTools.id("acme/API")))))
        .isEqualTo("API-1");
    issues.project("acme", "TWO", JsonObject.of("name", "Project API"));
    awaitThat(() ->
        call(ANN, query("boat").put("project", "Project API")) instanceof Outcome.Result result
            && result.failure() == ErrorCode.AMBIGUOUS);
  }

  @Test
  void aTokenReachesNoFurtherThanItSays() {
    issues.project("acme", "RED", JsonObject.of("project_id", "red"));
    issues.project("acme", "BLUE", JsonObject.of("project_id", "blue"));
    issues.put("acme", "RED-1", text("A boat", ""));
    issues.put("acme", "BLUE-1", text("A boat", ""));
    awaitKeys("BLUE-1 RED-1", query("boat"));
    awaitKeys("RED-1", query("boat").put("project_id", "red"));
    var bound = new Caller("acme", "ann", "red", null, Set.of());
    assertThat(keys(found(bound, query("boat")))).isEqualTo("RED-1");
    assertThat(keys(found(bound, query("")))).isEqualTo("RED-1");
    assertThat(refusal(bound, ErrorCode.ACCESS_DENIED, query("").put("project_id", "blue")))
        .isEqualTo("No access to project blue");
    assertThat(refusal(bound, ErrorCode.NOT_FOUND, query("").put("project", "BLUE")))
        .isEqualTo("There is no tracker project \"BLUE\": you see RED");
    var confined = new Caller("acme", "ann", null, null, Set.of(), new Reach(null, Set.of("blue")));
    assertThat(refusal(confined, ErrorCode.ACCESS_DENIED, query("boat")))
        .isEqualTo("This token may not act in all projects: say in which one with project_id");
    var agent = new Caller("acme", "ann", null, "agt_1", Set.of());
    refusal(agent, ErrorCode.ACCESS_DENIED, query("boat"));
    assertThat(keys(found(agent, query("boat").put("project_id", "blue")))).isEqualTo("BLUE-1");
    assertThat(keys(found(ANN, query("boat").put("project_id", "nobodys")))).isEmpty();
  }

  @Test
  void goesOnPageByPageInOneOrder() {
    for (int i = 1; i <= 5; i++) {
      issues.put("acme", "WEB-" + i, text("A boat", ""));
    }
    awaitKeys("WEB-5 WEB-4 WEB-3 WEB-2 WEB-1", query("boat"));
    var first = found(ANN, query("boat").put("limit", 2));
    assertThat(keys(first)).isEqualTo("WEB-5 WEB-4");
    assertThat(first.getInteger("total")).isEqualTo(5);
    var cursor = first.getString("next_cursor");
    var second = found(ANN, query("boat").put("limit", 2).put("cursor", cursor));
    assertThat(keys(second)).isEqualTo("WEB-3 WEB-2");
    var last =
        found(ANN, query("boat").put("limit", 2).put("cursor", second.getString("next_cursor")));
    assertThat(keys(last)).isEqualTo("WEB-1");
    assertThat(last.containsKey("next_cursor")).isFalse();
    for (var wrong : new String[] {"x", "W10", cursor.substring(2), cursor + "A"}) {
      assertThat(refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("boat").put("cursor", wrong)))
          .isEqualTo("The cursor is not of this search with this filter: begin without one");
    }
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("ship").put("cursor", cursor));
    var ben = new Caller("acme", "ben", null, null, Set.of());
    refusal(ben, ErrorCode.INVALID_ARGUMENT, query("boat").put("cursor", cursor));
    var loose = query("boat paper").put("limit", 2);
    var third = found(ANN, loose);
    assertThat(keys(found(ANN, loose.put("cursor", third.getString("next_cursor")))))
        .isEqualTo("WEB-3 WEB-2");
  }

  @Test
  void refusesWhatIsOutOfItsBounds() {
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("x").put("limit", 0));
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("x").put("limit", 101));
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("x").put("search_type", "magic"));
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("x").put("target_type", "wiki"));
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("x".repeat(2001)));
    refusal(ANN, ErrorCode.INVALID_ARGUMENT, new JsonObject());
    assertThat(refusal(ANN, ErrorCode.INVALID_ARGUMENT, query("a\u0000b")))
        .isEqualTo(
            "This cannot be searched for: leave out control characters, or take fewer words");
  }

  @Test
  void withoutAModelMeaningIsRefusedOnlyWhereItIsInsistedOn() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat"));
    assertThat(
            refusal(ANN, ErrorCode.NOT_CONFIGURED, query("boat").put("search_type", "similarity")))
        .isEqualTo("No embedding model is configured: use search_type \"auto\" or \"fulltext\", or"
            + " ask the operator for umbel.search.embeddings.url");
    var hybrid = found(ANN, query("boat").put("search_type", "hybrid"));
    assertThat(keys(hybrid)).isEqualTo("WEB-1");
    assertThat(hybrid.getString("search_type_used")).isEqualTo("fulltext");
    assertThat(hybrid.getJsonArray("degraded")).containsExactly("semantic_unavailable");
    assertThat(found(ANN, fulltext("boat")).getJsonArray("degraded")).isEmpty();
  }

  @Test
  void aSnippetIsShortAndHasTheWords() {
    var long1 = "Something else entirely. ".repeat(200) + "\n\nThe ferry's   timetable is wrong. "
        + "More of it. ".repeat(300);
    issues.put("acme", "WEB-1", text("Long", long1));
    issues.put("acme", "WEB-2", text("Emoji", "🚢".repeat(500) + " timetable " + "🚢".repeat(500)));
    awaitThat(() -> found("timetables").getInteger("total") == 2);
    assertThat(results(found("timetables ferries")).get(0).getString("snippet"))
        .hasSizeLessThanOrEqualTo(240)
        .contains("The ferry's timetable is wrong.")
        .startsWith("…")
        .endsWith("…");
    assertThat(results(found("timetable")))
        .allSatisfy(result -> assertThat(result.getString("snippet"))
            .hasSizeLessThanOrEqualTo(240)
            .contains("timetable"))
        .allSatisfy(result -> assertThat(new JsonObject(result.toBuffer())).isEqualTo(result));
  }

  private static JsonObject fulltext(String text) {
    return query(text).put("search_type", "fulltext");
  }
}
