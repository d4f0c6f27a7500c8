package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.ToolCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Arguments and results that tools for pull requests share. */
final class PullForm {

  static final int BODY = 65_536;

  private static final String PULL =
      "Which one: its URL, or its key: acme/web#12 on GitHub, acme/web!12 on GitLab";

  private PullForm() {}

  static Schema pull(Schema input) {
    return Form.bounded(input.text("pull_request", PULL), 1024);
  }

  static Schema people(Schema input, String name, String description) {
    var login = new JsonObject().put("type", "string").put("minLength", 1).put("maxLength", 255);
    return input.list(name, description, login).with("maxItems", 50);
  }

  static Schema description(Schema input) {
    return input.text("description", "Markdown").with("maxLength", Form.DESCRIPTION);
  }

  static Schema title(Schema input) {
    return input
        .text("title", "One line that says what it is about")
        .with("minLength", 1)
        .with("maxLength", Form.TITLE)
        .with("pattern", "\\S");
  }

  /** What the tracker is told: all but what says in whose name it is asked. */
  static JsonObject arguments(ToolCall call) {
    var arguments = call.arguments();
    arguments.remove("project_id");
    arguments.remove("agent_id");
    return arguments;
  }

  /** A pull request as {@code get_pull_request} tells of it. */
  static Schema whole() {
    var text = new JsonObject().put("type", "string");
    return Schema.object()
        .text("id", "What its tracker calls it")
        .integer("number", "Its number in its project")
        .text("title", "One line")
        .property("description", Shapes.orNull("Markdown"))
        .text("state", "open, closed or merged")
        .property("author", Shapes.orNull("Who made it"))
        .list("assignees", "Who is to see to it", text)
        .list("reviewers", "Who is to review it", text)
        .list("labels", "Its labels", text)
        .text("url", "Where it is")
        .text("source_branch", "What is to be merged")
        .text("target_branch", "Into what")
        .text("created_at", "When it was made (RFC 3339)")
        .text("updated_at", "When it changed last (RFC 3339)")
        .property("merged_at", Shapes.orNull("When it was merged (RFC 3339)"))
        .flag("is_draft", "Whether it is not ready yet")
        .list("comments", "What was said of it, the oldest first", Shapes.open("One comment"))
        .integer("comments_omitted", "Present where more was said before these")
        .property("changes", changes())
        .require("id", "number", "title", "state", "url", "source_branch", "target_branch");
  }

  /** What a write answers. */
  static Schema written(String id, String... statuses) {
    return Schema.object()
        .text(id, "What its tracker calls it")
        .choice("status", "What happened", statuses)
        .text("message", "The same in words")
        .text("url", "Where it is")
        .require(id, "status", "message", "url");
  }

  private static JsonObject changes() {
    return new JsonObject()
        .put("type", "object")
        .put("description", "What it changes")
        .put(
            "properties",
            new JsonObject()
                .put("diff", described("string", "A unified diff"))
                .put("truncated", described("boolean", "Whether it was too long, and is cut")))
        .put("required", new JsonArray().add("diff").add("truncated"));
  }

  private static JsonObject described(String type, String description) {
    return new JsonObject().put("type", type).put("description", description);
  }
}
