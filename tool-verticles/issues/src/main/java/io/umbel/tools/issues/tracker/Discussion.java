package io.umbel.tools.issues.tracker;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What was said of a pull request, the oldest first. An answer has not room for all that people can
 * say, so the newest are told, and how many more there are.
 *
 * @param comments in any order, each with {@code created_at} and {@code body}
 */
public record Discussion(List<JsonObject> comments) {

  private static final int CHARACTERS = 150_000;
  private static final int OF_ONE = 30_000;

  /** Says it in what {@code get_pull_request} answers. */
  public void in(JsonObject answer) {
    var newestFirst = new ArrayList<>(comments);
    newestFirst.sort(Comparator.comparing(one -> one.getString("created_at", "")));
    Collections.reverse(newestFirst);
    var told = new ArrayList<JsonObject>();
    var characters = 0;
    for (var one : newestFirst) {
      var body = one.getString("body");
      characters += Math.min(body.length(), OF_ONE);
      if (characters > CHARACTERS) {
        break;
      }
      told.add(0, body.length() > OF_ONE ? one.copy().put("body", cut(body)) : one);
    }
    answer.put("comments", new JsonArray(told));
    if (told.size() < comments.size()) {
      answer.put("comments_omitted", comments.size() - told.size());
    }
  }

  private static String cut(String body) {
    return body.substring(0, OF_ONE) + "…";
  }
}
