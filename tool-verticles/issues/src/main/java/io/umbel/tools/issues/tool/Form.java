package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Scope;
import io.vertx.core.json.JsonObject;

/** Arguments that several tools have. */
final class Form {

  static final int TITLE = 255;
  static final int DESCRIPTION = 100_000;
  static final int COMMENT = 65_536;

  private static final String ID = "^[A-Za-z0-9_-]{1,64}$";
  private static final String PROJECT_ID = "project_id";
  private static final String AGENT_ID = "agent_id";
  private static final String ISSUE =
      "Which issue: its key (WEB-12), URL or id; the end of a key will do where only one ends so";

  private static final String TARGET =
      "Which issue or pull request: its key (WEB-12, acme/web#12, acme/web!12 for a merge request of"
          + " GitLab), its URL, or an issue's id";

  private Form() {}

  /** The arguments of a tool, with those that say in whose name and where it acts. */
  static Schema scoped(Schema input) {
    return input
        .text(PROJECT_ID, "Only within this project of your account; a token may say it instead")
        .with("pattern", ID)
        .text(AGENT_ID, "The agent that calls; it can only be the token's own")
        .with("pattern", ID);
  }

  /** How far that call may look. */
  static Scope scope(ToolCall call) {
    return Scope.of(call.caller(), call.text(PROJECT_ID));
  }

  /** An issue, or a pull request. */
  static Schema target(Schema input) {
    return bounded(input.text("target", TARGET), 1024);
  }

  static Schema issue(Schema input, String name) {
    return bounded(input.text(name, ISSUE), 1024);
  }

  static Schema project(Schema input) {
    return bounded(
        input.text("project", "Which project of a tracker: its identifier, name or id"), 255);
  }

  static Schema labels(Schema input, String description) {
    var label = new JsonObject().put("type", "string").put("minLength", 1).put("maxLength", 100);
    return input.list("labels", description, label).with("maxItems", 50);
  }

  static Schema key(Schema input) {
    return input
        .text(
            "idempotency_key",
            "Any text of yours, new for each new thing: the same call with the same key within 24"
                + " hours answers what the first one did, and writes nothing")
        .with("minLength", 1)
        .with("maxLength", 200);
  }

  static Schema page(Schema input, int limit) {
    return input
        .integer("limit", "How many to give at most")
        .between(1, 100)
        .with("default", limit)
        .text("cursor", "The next_cursor of the page before")
        .with("maxLength", 1000);
  }

  static Schema bounded(Schema input, int longest) {
    return input.with("minLength", 1).with("maxLength", longest);
  }
}
