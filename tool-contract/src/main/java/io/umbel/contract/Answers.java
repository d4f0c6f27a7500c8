package io.umbel.contract;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What the client answered to the questions of one round.
 *
 * @param byKey the bare result of each question by the key it was asked under
 */
public record Answers(JsonObject byKey) {

  /** What params answer to these questions, or null where an answer is missing or no object. */
  static Answers in(JsonObject params, Set<String> questions) {
    var given =
        params.getValue("inputResponses") instanceof JsonObject json ? json : new JsonObject();
    return questions.stream().allMatch(key -> given.getValue(key) instanceof JsonObject)
        ? new Answers(given)
        : null;
  }

  /** The result of that question. */
  public JsonObject of(String key) {
    return byKey.getJsonObject(key);
  }

  /** What the user filled in, or null where the form was declined or cancelled. */
  public JsonObject form(String key) {
    var answer = of(key);
    return "accept".equals(answer.getString("action"))
        ? answer.getJsonObject("content", new JsonObject())
        : null;
  }

  /** The text of a completion. */
  public String text(String key) {
    return of(key).getJsonObject("content", new JsonObject()).getString("text");
  }
}
