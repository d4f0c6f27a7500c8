package io.umbel.tools.compliance;

import io.umbel.contract.Schema;
import io.vertx.core.json.JsonObject;

/** What the tools take and give. */
final class Shapes {

  static final String PROJECT = "project_id";
  static final String AGENT = "agent_id";

  private static final String DEGRADED =
      "What it had to do without: llm_unavailable, or budget_exceeded where tokens are used up";

  private static final String ID = "^[A-Za-z0-9_-]{1,64}$";

  private Shapes() {}

  /** The arguments of both tools. How many issues there may be is told in words of their own. */
  static Schema input() {
    return Schema.object()
        .list("issues", "1 to 100 issues: keys (WEB-12), URLs or ids", text())
        .text("compliance_metric", "By what to judge: DoR (Definition of Ready), INVEST, Risk")
        .with("default", "DoR")
        .with("maxLength", 100)
        .choice(
            "method",
            "auto: by a language model where one is configured, else by rules; rules: never by one",
            "auto",
            Question.RULES,
            "llm")
        .with("default", "auto")
        .flag("refresh", "Judge again what is known and has not changed")
        .with("default", false)
        .text(PROJECT, "Only issues of this project of your account; a token may say it instead")
        .with("pattern", ID)
        .text(AGENT, "The agent that calls; it can only be the token's own")
        .with("pattern", ID)
        .require("issues");
  }

  static Schema estimates() {
    return Schema.object()
        .list("results", "One for each issue that was found, in the order asked for", result())
        .list("degraded", DEGRADED, text())
        .property("metadata", metadata())
        .require("results", "metadata");
  }

  static Schema suggestions() {
    return Schema.object()
        .list("suggested_updates", "Calls to make, each as it is", suggestion())
        .list("degraded", DEGRADED, text())
        .property("metadata", metadata())
        .require("suggested_updates", "metadata");
  }

  private static JsonObject result() {
    return Schema.object()
        .text("id", "The same for the same issue, metric, method and rubric")
        .text("issue_id", "The issue's id")
        .text("issue_key", "Its key")
        .text("prompt_id", "The metric's id")
        .text("name", "The metric's name")
        .text("short_name", "The metric's short name")
        .number("compliance_factor", "From 0 to 1, in hundredths")
        .between(0, 1)
        .text("reason", "What weighs most against it")
        .text("suggestion", "What to do first")
        .list("annotated_description", "Places in the description", annotation())
        .integer("annotations_omitted", "How many places were left out of a large answer")
        .list("findings", "What each check found", finding())
        .choice("method", "How it was judged", Question.RULES, "llm")
        .text("rubric", "The rules' name, or the model's")
        .choice("confidence", "What that is worth", "rule-based", "model")
        .text("content_hash", "SHA-256 of what was looked at")
        .text("created_at", "When this issue was first judged so")
        .text("updated_at", "When it last was")
        .list("degraded", DEGRADED, text())
        .require("issue_id", "issue_key", "compliance_factor", "reason", "suggestion", "findings")
        .toJson();
  }

  private static JsonObject annotation() {
    return Schema.object()
        .text("text", "What stands there, letter by letter")
        .text("label", "What it is")
        .choice("status", "Whether it is as it should be", "compliant", "non-compliant")
        .text("comment", "Why")
        .require("text", "label", "status", "comment")
        .toJson();
  }

  private static JsonObject finding() {
    return Schema.object()
        .text("check", "Its id")
        .text("label", "Its name")
        .number("score", "From 0 to 1")
        .number("weight", "How much it counts")
        .choice("status", "In a word", "met", "partial", "missing")
        .text("evidence", "What of the text says so")
        .text("suggestion", "What to do about it")
        .require("check", "label", "score", "weight", "status")
        .toJson();
  }

  private static JsonObject suggestion() {
    var arguments = Schema.object()
        .text("issue", "The issue's id")
        .text("title", "What its title could be; absent where it stays")
        .text("description", "What its description could be")
        .text("expected_revision", "So that nothing written meanwhile is lost")
        .require("issue", "description");
    return Schema.object()
        .choice("tool_name", "What to call", "update_issue")
        .text("issue_identifier", "The issue's key")
        .nested("arguments", "What to call it with", arguments)
        .list("changes", "What that would change", text())
        .choice("method", "How it was found", Question.RULES, Question.MODEL)
        .list("degraded", DEGRADED, text())
        .require("tool_name", "issue_identifier", "arguments", "changes", "method")
        .toJson();
  }

  private static JsonObject metadata() {
    return Schema.object()
        .integer("total_requested", "How many issues were asked for")
        .integer("successfully_processed", "How many were looked at")
        .integer("failed_count", "How many were not")
        .list("failed_issues", "Which", text())
        .list("errors", "Why: \"<issue>: <message>\"", text())
        .list("failures", "The same with a word for each", failure())
        .list("unchanged_issues", "Keys of those that lack nothing that could be added", text())
        .require(
            "total_requested", "successfully_processed", "failed_count", "failed_issues", "errors")
        .toJson();
  }

  private static JsonObject failure() {
    return Schema.object()
        .text("issue", "Which, as it was asked for")
        .text("code", "Why in a word, as errors of tools have it")
        .text("message", "Why")
        .require("issue", "code", "message")
        .toJson();
  }

  private static JsonObject text() {
    return new JsonObject().put("type", "string");
  }
}
