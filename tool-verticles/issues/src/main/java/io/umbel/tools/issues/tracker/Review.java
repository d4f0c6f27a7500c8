package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A review of a pull request, as {@code update_pull_request} is asked for one.
 *
 * @param body what is said of the whole, or null
 */
public record Review(Action action, String body, List<Said> comments) {

  /** What a review comes to. */
  public enum Action {
    APPROVE,
    REQUEST_CHANGES,
    COMMENT
  }

  /** What is said of a line. */
  public record Said(Line line, String body) {}

  /**
   * The review in those arguments, or null where there is none.
   *
   * @throws Refused if half of one is there
   */
  public static Review of(JsonObject arguments) {
    var action = arguments.getString("review_action");
    var comments = arguments.getJsonArray("review_comments", new JsonArray());
    var body = arguments.getString("review_body");
    if (action == null) {
      if (!comments.isEmpty() || body != null) {
        throw Refused.invalid("review_comments and review_body need a review_action: approve,"
            + " request_changes or comment");
      }
      return null;
    }
    var review = new Review(action(action), body, said(comments));
    var isEmpty = (body == null || body.isBlank()) && comments.isEmpty();
    if (review.action() == Action.COMMENT && isEmpty) {
      throw Refused.invalid("A review that is a comment needs review_body or review_comments");
    }
    return review;
  }

  /** Whether something is said of the whole. */
  public boolean hasBody() {
    return body != null && !body.isBlank();
  }

  private static Action action(String word) {
    try {
      return Action.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Refused.notOneOf(
          "review_action", word, List.of("approve", "request_changes", "comment"));
    }
  }

  private static List<Said> said(JsonArray comments) {
    var all = new ArrayList<Said>();
    for (int i = 0; i < comments.size(); i++) {
      if (!(comments.getValue(i) instanceof JsonObject one)
          || !(one.getValue("path") instanceof String path)
          || !(one.getValue("line") instanceof Number line)
          || !(one.getValue("body") instanceof String body)
          || body.isBlank()) {
        throw Refused.invalid("review_comments/" + i + " needs path, line and body");
      }
      all.add(new Said(new Line(path, line.longValue(), side(one, i)), body));
    }
    return all;
  }

  private static String side(JsonObject comment, int index) {
    var side = comment.getString("side", "RIGHT");
    if (!side.equals("LEFT") && !side.equals("RIGHT")) {
      throw Refused.invalid("review_comments/" + index + " has a side that is not LEFT or RIGHT");
    }
    return side;
  }
}
