package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.PullReference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.write.Pulls;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code update_pull_request}: changes one, or reviews it. */
public final class UpdatePullRequest {

  private static final List<String> CHANGES = List.of(
      "title",
      "description",
      "state",
      "labels",
      "assignees",
      "reviewers",
      "draft",
      "review_action",
      "review_body",
      "review_comments");

  private final Pulls pulls;

  public UpdatePullRequest(Pulls pulls) {
    this.pulls = pulls;
  }

  public Tool tool() {
    var description = "Changes a pull request of GitHub or a merge request of GitLab, or reviews"
        + " it. Only what is given is changed; lists replace those there are. A review has a"
        + " review_action, with review_body for the whole and review_comments for lines.";
    return Tool.named("update_pull_request", description, input(), Answering.with(this::update))
        .titled("Update pull request")
        .returns(PullForm.written("pull_request_id", "updated", "unchanged"))
        .destructive(true)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = PullForm.title(PullForm.pull(Schema.object()));
    PullForm.description(input).choice("state", "Whether it is open", "open", "closed");
    Form.labels(input, "Its labels, in place of those it has");
    PullForm.people(input, "assignees", "Who is to see to it, in place of those who are");
    PullForm.people(input, "reviewers", "Who is to review it, in place of those who are")
        .flag("draft", "Whether it is not ready yet")
        .choice("review_action", "What a review comes to", "approve", "request_changes", "comment")
        .text("review_body", "What the review says of the whole")
        .with("maxLength", PullForm.BODY)
        .list("review_comments", "What the review says of lines", remark())
        .with("maxItems", 100);
    return Form.scoped(input).require("pull_request");
  }

  private static JsonObject remark() {
    var remark = Form.bounded(Schema.object().text("path", "The file"), 1024)
        .integer("line", "The line")
        .between(1, Integer.MAX_VALUE);
    Form.bounded(remark.text("body", "What to say of it"), PullForm.BODY)
        .choice(
            "side",
            "LEFT is what was there before, RIGHT (default) what is there now",
            "LEFT",
            "RIGHT");
    return remark.require("path", "line", "body").toJson();
  }

  private Future<JsonObject> update(ToolCall call) {
    var action = call.text("review_action");
    var comments = call.arguments().getJsonArray("review_comments");
    var hasComments = comments != null && !comments.isEmpty();
    var body = call.text("review_body", "");
    if (action == null && (hasComments || !body.isBlank())) {
      throw Refused.invalid("review_comments and review_body need a review_action: approve,"
          + " request_changes or comment");
    }
    if ("comment".equals(action) && body.isBlank() && !hasComments) {
      throw Refused.invalid("A review that is a comment needs review_body or review_comments");
    }
    if (CHANGES.stream().noneMatch(call::has)) {
      throw Refused.invalid("There is nothing to change: give what is to be another, or a review");
    }
    var pull = PullReference.needed(call.text("pull_request"));
    return pulls.update(Form.scope(call), pull, PullForm.arguments(call));
  }
}
