package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.PullReference;
import io.umbel.tools.issues.tracker.PullRequests.Wanted;
import io.umbel.tools.issues.write.Pulls;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code get_pull_request}: one pull request, with what was said of it and what it changes. */
public final class GetPullRequest {

  /** A result has 512 KiB; the comments are in it too. */
  private static final int DIFF_BYTES = 200_000;

  private final Pulls pulls;

  public GetPullRequest(Pulls pulls) {
    this.pulls = pulls;
  }

  public Tool tool() {
    var description = "Reads a pull request of GitHub or a merge request of GitLab: title, state,"
        + " branches, reviewers, comments with their ids, and the diff. A diff of more than 200 kB"
        + " is cut, and changes.truncated says so; leave it out with include_diff false.";
    return Tool.named("get_pull_request", description, input(), Answering.with(this::read))
        .titled("Get pull request")
        .returns(PullForm.whole())
        .readOnly()
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = PullForm.pull(Schema.object())
        .flag("include_comments", "Whether to tell what was said of it")
        .with("default", true)
        .flag("include_diff", "Whether to tell what it changes")
        .with("default", true);
    return Form.scoped(input).require("pull_request");
  }

  private Future<JsonObject> read(ToolCall call) {
    var wanted =
        new Wanted(isWanted(call, "include_comments"), isWanted(call, "include_diff"), DIFF_BYTES);
    var pull = PullReference.needed(call.text("pull_request"));
    return pulls.get(Form.scope(call), pull, wanted);
  }

  private static boolean isWanted(ToolCall call, String name) {
    return !call.has(name) || call.flag(name);
  }
}
