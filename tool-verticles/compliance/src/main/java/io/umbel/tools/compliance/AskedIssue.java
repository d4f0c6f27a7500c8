package io.umbel.tools.compliance;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.compliance.rules.IssueText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * An issue that was asked for.
 *
 * @param identifier as it was asked for
 * @param issue as its family tells it, or null where it does not
 * @param problem why there is none, or null
 * @param code the same in a word, or null
 */
record AskedIssue(String identifier, JsonObject issue, String problem, ErrorCode code) {

  private static final int LONGEST = 200;

  /** Where trackers keep what they think of an issue's size. */
  private static final List<String> SIZES =
      List.of("estimate", "story_points", "weight", "time_estimate");

  static AskedIssue found(String identifier, JsonObject issue) {
    return new AskedIssue(identifier, issue, null, null);
  }

  static AskedIssue failed(String identifier, ErrorCode code, String problem) {
    var shown = identifier.length() <= LONGEST ? identifier : identifier.substring(0, LONGEST);
    return new AskedIssue(shown, null, problem, code);
  }

  /** The same issue, which could not be told of after all. */
  AskedIssue but(ErrorCode word, String why) {
    return failed(identifier, word, why);
  }

  boolean isFound() {
    return issue != null;
  }

  String id() {
    return issue.getString("id");
  }

  String key() {
    return issue.getString("key");
  }

  /** What is looked at of it. */
  IssueText text() {
    return new IssueText(
        issue.getString("title"),
        issue.getString("description"),
        issue.getJsonArray("labels", new JsonArray()).stream()
            .map(String::valueOf)
            .toList(),
        estimate());
  }

  private String estimate() {
    var more = issue.getJsonObject("meta_data", new JsonObject());
    return SIZES.stream()
        .map(more::getValue)
        .filter(AskedIssue::isSize)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  private static boolean isSize(Object value) {
    return value instanceof Number number ? number.doubleValue() != 0 : value instanceof String;
  }
}
