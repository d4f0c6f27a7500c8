package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Sha256;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.write.Creation;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** {@code create_issue}: makes one, unless an open one says the same. */
public final class CreateIssue {

  static final String NAME = "create_issue";

  private final Creation creation;

  public CreateIssue(Creation creation) {
    this.creation = creation;
  }

  public Tool tool() {
    var description = "Creates an issue in a tracker project. Where an open issue of the project"
        + " says the same, nothing is created and that one is answered"
        + " (existing_duplicate_found). Say what is wrong or wanted and how one sees that it is"
        + " done.";
    return Tool.named(NAME, description, input(), Answering.with(this::create))
        .titled("Create issue")
        .returns(output())
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var input = Form.project(Schema.object())
        .text("title", "One line that says what it is about")
        .with("minLength", 1)
        .with("maxLength", Form.TITLE)
        .with("pattern", "\\S")
        .text("description", "Markdown")
        .with("maxLength", Form.DESCRIPTION);
    Form.labels(input, "Its labels")
        .text("assignee", "Who is to do it")
        .with("maxLength", 255)
        .text("priority", "How urgent it is, in the tracker's words")
        .with("maxLength", 100)
        .text("status", "Where it stands, in the tracker's words; new where absent")
        .with("maxLength", 100)
        .flag("prevent_duplicates", "Whether an open issue that says the same is answered instead")
        .with("default", true);
    return Form.scoped(Form.key(input))
        .instead("body", "use description")
        .require("title", "description");
  }

  private static Schema output() {
    var twin = Schema.object()
        .text("key", "Its key")
        .number("similarity", "How like it is, 0 to 1")
        .require("key", "similarity");
    return Schema.object()
        .text("issue_id", "The id of the issue that was created or found")
        .text("key", "Its key")
        .choice("status", "What happened", "created", "existing_duplicate_found")
        .text("message", "The same in words")
        .text("url", "Where it is")
        .nested("duplicate", "What was found instead", twin)
        .text("duplicate_check", "skipped, where likeness could not be told")
        .require("issue_id", "key", "status", "message", "url");
  }

  private Future<JsonObject> create(ToolCall call) {
    var fields = new Fields(
        call.text("title").strip(),
        call.text("description"),
        Status.asked(call.text("status")),
        call.text("priority"),
        call.texts("labels"),
        call.text("assignee"));
    var preventing = !call.has("prevent_duplicates") || call.flag("prevent_duplicates");
    var order = new Creation.Order(call.text("project"), fields, preventing, mark(NAME, call));
    return creation.create(Form.scope(call), Actor.of(call.caller()), order);
  }

  /** What a write of that tool goes by, or null. */
  static Repeats.Mark mark(String tool, ToolCall call) {
    var key = call.text("idempotency_key");
    if (key == null) {
      return null;
    }
    var caller = call.caller();
    // A client may write the same arguments in another order.
    var sorted = new JsonObject(new TreeMap<>(call.arguments().getMap()));
    var digest = Sha256.of(sorted.encode());
    return new Repeats.Mark(caller.account(), Sha256.of(caller.owner()), tool + " " + key, digest);
  }
}
