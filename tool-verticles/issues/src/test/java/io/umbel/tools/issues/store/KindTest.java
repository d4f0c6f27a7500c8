package io.umbel.tools.issues.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What sort of work an issue is. */
class KindTest {

  private static final JsonObject NOTHING = new JsonObject();

  @Test
  void goesByTheTrackersOwnTypeBeforeLabels() {
    var jira = JsonObject.of("type", "feature", "original_type", "Story");
    assertThat(told(jira, "bug")).isEqualTo("feature");
    assertThat(told(JsonObject.of("original_type", "Bug"))).isEqualTo("bug");
    assertThat(told(JsonObject.of("original_type", "Improvement"))).isEqualTo("feature");
  }

  @Test
  void goesByLabelsWhereTheTrackerOnlySaysThatItIsWork() {
    assertThat(told(JsonObject.of("type", "task", "original_type", "Task"), "defect"))
        .isEqualTo("bug");
    assertThat(told(JsonObject.of("original_type", "issue"), "Type: Enhancement"))
        .isEqualTo("feature");
    assertThat(told(NOTHING, "error")).isEqualTo("bug");
    assertThat(told(NOTHING, "documentation")).isEqualTo("task");
  }

  @Test
  void isToldOfAnIssueBesideWhatItsTrackerCallsIt() {
    var kept = JsonObject.of("type", "bug", "original_type", "Fault");
    var told = issue(kept).toJson().getJsonObject("meta_data");
    assertThat(told.getString("type")).isEqualTo("bug");
    assertThat(told.getString("original_type")).isEqualTo("Fault");
  }

  private static String told(JsonObject kept, String... labels) {
    return issue(kept, labels).toJson().getJsonObject("meta_data").getString("type");
  }

  private static Issue issue(JsonObject kept, String... labels) {
    var all = new JsonArray();
    for (var label : labels) {
      all.add(label);
    }
    return new Issue(JsonObject.of("meta_data", kept, "labels", all));
  }
}
