package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.LabelRows;
import io.umbel.tools.issues.store.ProjectRows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;

/** {@code list_labels}: what labels a project has. */
public final class ListLabels {

  private final Pool pool;

  public ListLabels(Pool pool) {
    this.pool = pool;
  }

  public Tool tool() {
    var output = Shapes.page("labels", "All of them, by name", Shapes.label())
        .text("project", "The identifier of the project")
        .require("project");
    return Tool.named(
            "list_labels",
            "Lists the labels of a tracker project, with how many issues have each.",
            Form.scoped(Form.project(Schema.object())),
            Answering.with(this::list))
        .titled("List labels")
        .returns(output)
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("issues");
  }

  private Future<JsonObject> list(ToolCall call) {
    return new ProjectRows(pool)
        .findOrOnly(Form.scope(call), call.text("project"))
        .compose(project -> new LabelRows(pool)
            .of(project)
            .map(labels -> JsonObject.of("project", project.identifier())
                .put("labels", new JsonArray(labels))));
  }
}
