package io.umbel.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An answer is no larger than the operator allows, and says what it left out. */
class LargeAnswersTest extends SearchFamily {

  private static final int MOST = 12_000;

  @Override
  protected JsonObject configuration() {
    return JsonObject.of(SearchTools.MAX_RESULT_BYTES, MOST);
  }

  @Test
  void leavesOutWhatDoesNotFitAndGoesOnWithItOnTheNextPage() {
    for (int i = 10; i < 30; i++) {
      issues.put("acme", "WEB-" + i, text("A boat \"" + "é\\ ".repeat(70), "word ".repeat(80)));
    }
    awaitThat(() -> found("boat").getInteger("total") == 20);
    var all = new ArrayList<String>();
    var arguments = query("boat").put("limit", 20);
    for (int pages = 0; pages < 20; pages++) {
      var outcome = (Outcome.Result) call(ANN, arguments);
      assertThat(outcome.json().length()).isLessThanOrEqualTo(MOST);
      var page = outcome.json().toJsonObject().getJsonObject("structuredContent");
      assertThat(results(page)).isNotEmpty();
      all.addAll(List.of(keys(page).split(" ", -1)));
      assertThat(page.getBoolean("truncated", false)).isEqualTo(all.size() < 20);
      assertThat(page.getInteger("results_omitted", 0)).isEqualTo(20 - all.size());
      if (!page.containsKey("next_cursor")) {
        break;
      }
      arguments.put("cursor", page.getString("next_cursor"));
    }
    assertThat(all).doesNotHaveDuplicates().hasSize(20);
  }
}
