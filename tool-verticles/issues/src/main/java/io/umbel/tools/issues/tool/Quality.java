package io.umbel.tools.issues.tool;

import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What is known of an issue's quality, as the family {@code compliance} keeps it. An issue is told
 * of without it where that family is away.
 *
 * @param source who answers
 */
public record Quality(Source source) {

  private static final List<String> LOOKED_AT =
      List.of("id", "key", "title", "description", "labels", "meta_data");

  /** Asks the family for the results of an issue, on behalf of a call's own caller. */
  public interface Source {

    /** Its whole answer; fails with {@link ToolFailure} where none comes. */
    Future<JsonObject> ask(ToolCall call, JsonObject request);
  }

  /** That issue, with the results of its text as it is now. */
  Future<JsonObject> added(ToolCall call, JsonObject issue) {
    var looked = new JsonObject();
    LOOKED_AT.forEach(member -> looked.put(member, issue.getValue(member)));
    return source
        .ask(call, JsonObject.of("operation", "listIssueResults", "body", looked))
        .map(answer -> with(issue, answer))
        .recover(why -> why instanceof ToolFailure
            ? Future.succeededFuture(without(issue))
            : Future.failedFuture(why));
  }

  private static JsonObject with(JsonObject issue, JsonObject answer) {
    return answer.getInteger("status", 500) == 200
            && answer.getValue("body") instanceof JsonArray results
        ? issue.put("compliance_results", results)
        : without(issue);
  }

  private static JsonObject without(JsonObject issue) {
    return issue
        .put("compliance_results", new JsonArray())
        .put("degraded", JsonArray.of("compliance_unavailable"));
  }
}
