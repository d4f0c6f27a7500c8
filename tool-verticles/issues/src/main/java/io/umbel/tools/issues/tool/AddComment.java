package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.write.Commenting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code add_comment}: says something of an issue. */
public final class AddComment {

  static final String NAME = "add_comment";

  private final Commenting commenting;

  public AddComment(Commenting commenting) {
    this.commenting = commenting;
  }

  public Tool tool() {
    var description = "Adds a comment to an issue or pull request, or in reply to another comment"
        + " of it. Comments on a line (path and line) are for pull requests of GitHub and merge"
        + " requests of GitLab.";
    return Tool.named(NAME, description, input(), Answering.with(this::comment))
        .titled("Add comment")
        .returns(output())
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = Form.target(Schema.object());
    Form.bounded(input.text("comment", "Markdown"), Form.COMMENT)
        .text("path", "The file that it is about; together with line")
        .with("maxLength", 1024)
        .integer("line", "The line that it is about; together with path")
        .between(1, Integer.MAX_VALUE)
        .choice("side", "Which side of the change", "LEFT", "RIGHT")
        .with("default", "RIGHT")
        .text("in_reply_to", "The id of the comment that it answers")
        .with("maxLength", 100);
    return Form.scoped(Form.key(input)).require("target", "comment");
  }

  private static Schema output() {
    return Schema.object()
        .text("comment_id", "What in_reply_to takes")
        .choice("status", "What happened", "created")
        .text("message", "The same in words")
        .text("url", "Where it is")
        .require("comment_id", "status", "message", "url");
  }

  private Future<JsonObject> comment(ToolCall call) {
    var order = new Commenting.Order(
        call.text("target"),
        call.text("comment"),
        line(call),
        call.text("in_reply_to"),
        CreateIssue.mark(NAME, call));
    return commenting.comment(Form.scope(call), Actor.of(call.caller()), order);
  }

  private static Line line(ToolCall call) {
    if (call.has("path") != call.has("line")) {
      throw Refused.invalid("path and line belong together: give both of them, or neither");
    }
    return call.has("path")
        ? new Line(call.text("path"), call.integer("line"), call.text("side", "RIGHT"))
        : null;
  }
}
