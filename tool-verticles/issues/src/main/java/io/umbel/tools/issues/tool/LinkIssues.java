package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.write.Linking;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** {@code link_issues}: says how one issue stands to another. */
public final class LinkIssues {

  private final Linking linking;

  public LinkIssues(Linking linking) {
    this.linking = linking;
  }

  public Tool tool() {
    var description = "Links two issues; the other one is linked the other way round. Linking"
        + " them again the same way changes nothing.";
    return Tool.named("link_issues", description, input(), Answering.with(this::link))
        .titled("Link issues")
        .returns(output())
        .idempotent()
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static String[] words() {
    return Arrays.stream(Relation.values()).map(Relation::word).toArray(String[]::new);
  }

  private static Schema input() {
    var input = Form.issue(Form.issue(Schema.object(), "issue"), "related_issue")
        .choice("relation", "How the first stands to the second", words());
    return Form.scoped(input).require("issue", "related_issue", "relation");
  }

  private static Schema output() {
    return Schema.object()
        .text("issue", "The key of the first")
        .text("related_issue", "The key of the second")
        .choice("relation", "How the first stands to the second", words())
        .choice("status", "Whether the link is new", "created", "exists")
        .require("issue", "related_issue", "relation", "status");
  }

  private Future<JsonObject> link(ToolCall call) {
    var order = new Linking.Order(
        call.text("issue"), call.text("related_issue"), Relation.of(call.text("relation")));
    return linking.link(Form.scope(call), Actor.of(call.caller()), order);
  }
}
