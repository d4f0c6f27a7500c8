package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.write.Updating;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code update_issue}: what is given is changed, and nothing else. */
public final class UpdateIssue {

  private final Updating updating;

  public UpdateIssue(Updating updating) {
    this.updating = updating;
  }

  public Tool tool() {
    var description = "Changes an issue. Only what is given is changed; an empty text clears a"
        + " field, labels replace those there are. With expected_revision nothing is written where"
        + " the issue is another by now.";
    var output = Shapes.issue();
    output.list("updated_fields", "What changed", new JsonObject().put("type", "string"));
    return Tool.named("update_issue", description, input(), Answering.with(this::update))
        .titled("Update issue")
        .returns(output.require("updated_fields"))
        .idempotent()
        .destructive(true)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = Form.issue(Schema.object(), "issue")
        .text("title", "One line that says what it is about")
        .with("minLength", 1)
        .with("maxLength", Form.TITLE)
        .with("pattern", "\\S")
        .text("description", "Markdown")
        .with("maxLength", Form.DESCRIPTION)
        .text("status", "Where it stands, in the tracker's words")
        .with("maxLength", 100)
        .text("priority", "How urgent it is, in the tracker's words")
        .with("maxLength", 100)
        .text("assignee", "Who is to do it")
        .with("maxLength", 255);
    Form.labels(input, "Its labels, in place of those it has")
        .text("expected_revision", "The revision that it must still be of")
        .with("pattern", "^[0-9a-f]{64}$");
    Form.bounded(input.text("comment", "Say this of the change"), Form.COMMENT);
    return Form.scoped(input).require("issue");
  }

  private Future<JsonObject> update(ToolCall call) {
    var order = new Updating.Order(
        call.text("issue"),
        fields -> changed(fields, call),
        call.text("expected_revision"),
        call.text("comment"));
    return updating.update(Form.scope(call), Actor.of(call.caller()), order);
  }

  private static Fields changed(Fields fields, ToolCall call) {
    return new Fields(
        call.text("title", fields.title()).strip(),
        call.text("description", fields.description()),
        call.has("status") ? Status.asked(call.text("status")) : fields.status(),
        call.text("priority", fields.priority()),
        call.has("labels") ? call.texts("labels") : fields.labels(),
        call.text("assignee", fields.assignee()));
  }
}
