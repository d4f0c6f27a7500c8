package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.write.Recommenting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code update_comment}: another text for a comment, or a thread that is settled. */
public final class UpdateComment {

  private static final String NAME = "update_comment";

  private final Recommenting recommenting;

  public UpdateComment(Recommenting recommenting) {
    this.recommenting = recommenting;
  }

  public Tool tool() {
    var description = "Changes the text of a comment of an issue or pull request, or says whether"
        + " the thread of a review comment is resolved. list_comments and get_pull_request tell"
        + " the ids of comments.";
    return Tool.named(NAME, description, input(), Answering.with(this::change))
        .titled("Update comment")
        .returns(PullForm.written("comment_id", "updated"))
        .idempotent()
        .destructive(true)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = Form.target(Schema.object());
    Form.bounded(input.text("comment_id", "Which of its comments"), 100);
    Form.bounded(input.text("body", "Its new text, in Markdown"), Form.COMMENT)
        .flag("resolved", "Whether its thread is settled");
    Form.bounded(input.text("thread_id", "Its thread, where the comment does not tell"), 200)
        .choice(
            "comment_type",
            "Which sort it is, where the id does not tell",
            "review_comment",
            "issue_comment");
    return Form.scoped(input).require("target", "comment_id");
  }

  private Future<JsonObject> change(ToolCall call) {
    if (!call.has("body") && !call.has("resolved")) {
      throw Refused.invalid("There is nothing to change: give body, resolved, or both");
    }
    if (call.has("body") && call.text("body").isBlank()) {
      throw Refused.invalid("body is blank: a comment says something");
    }
    var change = new CommentChange(
        call.text("comment_id"),
        call.text("body"),
        call.has("resolved") ? call.flag("resolved") : null,
        call.text("thread_id"),
        call.text("comment_type"));
    return recommenting.change(
        Form.scope(call), Actor.of(call.caller()), call.text("target"), change);
  }
}
