package io.umbel.tools.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a family that keeps an index of its own is told of trackers, projects and issues. */
class ToldChangesTest extends IssuesFamily {

  @Test
  void tellsThatAnIssueIsGoneWithItsTracker() {
    var tracker = created(ANN, tracker("Two", project("GONE", null)));
    var id = ok(ANN, "create_issue", issueOf("Short-lived").put("project", "GONE"))
        .getString("issue_id");
    var before = told(ANN, items -> items.size() == 1);
    assertThat(before.get(0).getString("project_row")).isEqualTo(projectNamed("GONE"));
    manage(
        ANN,
        JsonObject.of("operation", "deleteTracker", "id", tracker.getString("id"))
            .put("query", asked("hard_delete", "true")));
    assertThat(told(ANN, items -> items.get(0).containsKey("removed")))
        .containsExactly(JsonObject.of("id", id, "removed", true));
    assertThat(told(EVE, items -> true)).isEmpty();
  }

  @Test
  void tellsOfATrackerThatIsSwitchedOffAndNotOfADeletedOne() {
    var tracker = created(ANN, tracker("Two", project("OFF", "prj")));
    ok(ANN, "create_issue", issueOf("Waiting").put("project", "OFF"));
    var id = tracker.getString("id");
    manage(ANN, "updateTracker", id, asked("is_active", false));
    var off = projects().stream().filter(named("OFF")).findFirst().orElseThrow();
    assertThat(off.getBoolean("is_active")).isFalse();
    assertThat(off.getBoolean("in_scope")).isTrue();
    assertThat(off.getString("project_id")).isEqualTo("prj");
    assertThat(off.getString("tracker")).isEqualTo("Two");
    told(ANN, items -> items.size() == 1);
    manage(ANN, "deleteTracker", id, null);
    assertThat(projects()).noneMatch(named("OFF"));
    assertThat(told(ANN, items -> true)).isEmpty();
  }

  @Test
  void tellsProjectsPageByPage() {
    created(ANN, tracker("Many", numbered("P")));
    created(ANN, tracker("More", numbered("Q")));
    var first = page(new JsonObject());
    assertThat(first.getJsonArray("items")).hasSize(300);
    assertThat(first.getBoolean("more")).isTrue();
    var last = first.getJsonArray("items").getJsonObject(299).getString("id");
    var second = page(asked("after", last));
    assertThat(second.getJsonArray("items")).hasSize(101);
    assertThat(second.getBoolean("more")).isFalse();
    var wrong =
        manage(ANN, JsonObject.of("operation", "listIssueProjects", "query", asked("after", "x")));
    assertThat(wrong.getJsonObject("body").getString("detail"))
        .isEqualTo("query.after has to be the id of the last project that was told");
  }

  private static JsonObject[] numbered(String letter) {
    var all = new ArrayList<JsonObject>();
    for (int i = 0; i < 200; i++) {
      all.add(project(letter + i, null));
    }
    return all.toArray(JsonObject[]::new);
  }

  private static Predicate<JsonObject> named(String identifier) {
    return project -> project.getString("identifier").equals(identifier);
  }

  private String projectNamed(String identifier) {
    return projects().stream()
        .filter(named(identifier))
        .findFirst()
        .orElseThrow()
        .getString("id");
  }

  private List<JsonObject> projects() {
    return objects(page(new JsonObject()));
  }

  private JsonObject page(JsonObject query) {
    return manage(ANN, JsonObject.of("operation", "listIssueProjects", "query", query))
        .getJsonObject("body");
  }

  /** All there is, as soon as it is so. */
  private List<JsonObject> told(
      io.umbel.contract.Caller caller, Predicate<List<JsonObject>> expected) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      var items = objects(
          manage(caller, JsonObject.of("operation", "listIssueChanges")).getJsonObject("body"));
      if (expected.test(items)) {
        return items;
      }
      assertThat(System.nanoTime()).as("%s", items).isLessThan(deadline);
    }
  }

  private static List<JsonObject> objects(JsonObject body) {
    return body.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }
}
