package io.umbel.tools.compliance;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a call asks for.
 *
 * @param account whose issues
 * @param metric by what they are judged
 * @param method {@code auto}, {@code rules} or {@code llm}
 * @param refresh whether what is known already does not count
 * @param issues their identifiers, in order
 * @param scope the arguments that say in which project, for whom that is to be asked
 */
record Question(
    String account,
    Metric metric,
    String method,
    boolean refresh,
    List<String> issues,
    JsonObject scope) {

  static final String AUTO = "auto";
  static final String RULES = "rules";
  static final String MODEL = "llm";

  private static final int MOST_ISSUES = 100;

  /**
   * The question of a call.
   *
   * @throws ToolFailure if there is something wrong with it
   */
  static Question of(ToolCall call, Metrics metrics) {
    return new Question(
        call.caller().account(),
        metric(call.text("compliance_metric", "DoR"), metrics),
        call.text("method", AUTO),
        call.flag("refresh"),
        issues(call.texts("issues")),
        scope(call));
  }

  /** Whether nothing but the language model's answer will do. */
  boolean isForModelOnly() {
    return method.equals(MODEL);
  }

  private static Metric metric(String word, Metrics metrics) {
    return metrics
        .named(word)
        .orElseThrow(() -> refused(
            ErrorCode.NOT_FOUND,
            "No compliance metric \"" + word + "\"; there are " + metrics.names()));
  }

  private static List<String> issues(List<String> given) {
    if (given.isEmpty()) {
      throw refused(ErrorCode.INVALID_ARGUMENT, "No issues provided");
    }
    if (given.size() > MOST_ISSUES) {
      throw refused(ErrorCode.INVALID_ARGUMENT, "Too many issues (max " + MOST_ISSUES + ")");
    }
    if (given.stream().allMatch(String::isBlank)) {
      throw refused(ErrorCode.INVALID_ARGUMENT, "No valid issues provided");
    }
    return given;
  }

  private static JsonObject scope(ToolCall call) {
    var scope = new JsonObject();
    for (var name : List.of(Shapes.PROJECT, Shapes.AGENT)) {
      if (call.has(name)) {
        scope.put(name, call.text(name));
      }
    }
    return scope;
  }

  private static ToolFailure refused(ErrorCode code, String message) {
    return new ToolFailure(code, message, null);
  }
}
