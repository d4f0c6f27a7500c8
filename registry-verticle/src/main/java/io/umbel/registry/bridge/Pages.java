package io.umbel.registry.bridge;

import io.umbel.contract.Answers;
import io.umbel.contract.Question;
import io.umbel.registry.upstream.Upstream.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pages that a server of 2025-11-25 wants its user to visit before it does what it was asked, said
 * as the error -32042. No other revision knows it, so it becomes a question here.
 */
final class Pages {

  /** What a client must have declared to be shown a page. */
  static final JsonObject NEEDED =
      new JsonObject().put("elicitation", new JsonObject().put("url", new JsonObject()));

  private static final int WANTED = -32042;
  private static final int MOST = 8;

  private Pages() {}

  static boolean areWanted(Answer answer) {
    return answer instanceof Answer.Refused refused
        && refused.code() == WANTED
        && !of(refused).isEmpty();
  }

  /** The questions to put. */
  static Map<String, Question> of(Answer.Refused refused) {
    var pages = new LinkedHashMap<String, Question>();
    if (refused.data() != null
        && refused.data().getValue("elicitations") instanceof JsonArray elicitations) {
      for (var each : elicitations) {
        if (each instanceof JsonObject page
            && page.getValue("url") instanceof String url
            && pages.size() < MOST) {
          var message = page.getValue("message") instanceof String text ? text : "Open this page";
          pages.put("page-" + (pages.size() + 1), Question.page(message, url));
        }
      }
    }
    return pages;
  }

  static boolean areVisited(Map<String, Question> pages, Answers answers) {
    return pages.keySet().stream()
        .allMatch(key -> "accept".equals(answers.of(key).getString("action")));
  }
}
