package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.write.Pulls;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code create_pull_request}: asks for a branch to be merged. */
public final class CreatePullRequest {

  private final Pulls pulls;

  public CreatePullRequest(Pulls pulls) {
    this.pulls = pulls;
  }

  public Tool tool() {
    var description = "Makes a pull request on GitHub or a merge request on GitLab. Both branches"
        + " have to be there already. Where there is one for them, the answer is a CONFLICT.";
    return Tool.named("create_pull_request", description, input(), Answering.with(this::create))
        .titled("Create pull request")
        .returns(output())
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = PullForm.title(Form.project(Schema.object()));
    branch(branch(input, "source_branch", "What is to be merged"), "target_branch", "Into what");
    PullForm.description(input).flag("draft", "Whether it is not ready yet").with("default", false);
    PullForm.people(input, "assignees", "Who is to see to it, by user name");
    PullForm.people(input, "reviewers", "Who is to review it, by user name");
    Form.labels(input, "Its labels")
        .text("milestone", "The title of a milestone of the project")
        .with("maxLength", 255)
        .property(
            "extra_options",
            Shapes.open("Members of the tracker's own request, as in"
                    + " {\"maintainer_can_modify\": false}")
                .put("maxProperties", 20));
    return Form.scoped(input).require("project", "title", "source_branch", "target_branch");
  }

  private static Schema branch(Schema input, String name, String description) {
    return Form.bounded(input.text(name, description), 255);
  }

  private static Schema output() {
    return PullForm.written("pull_request_id", "created")
        .integer("number", "Its number in its project")
        .text("source_branch", "What is to be merged")
        .text("target_branch", "Into what")
        .flag("is_draft", "Whether it is not ready yet")
        .require("number", "source_branch", "target_branch", "is_draft");
  }

  private Future<JsonObject> create(ToolCall call) {
    if (call.text("source_branch").equals(call.text("target_branch"))) {
      throw Refused.invalid("source_branch and target_branch have to be two branches");
    }
    return pulls.create(Form.scope(call), call.text("project"), PullForm.arguments(call));
  }
}
