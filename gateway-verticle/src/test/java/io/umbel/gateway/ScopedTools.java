package io.umbel.gateway;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Tools that act in a project, and show what is in it: they trust that somebody has checked. */
public final class ScopedTools extends ToolVerticle {

  /** How often one of them has run. */
  public final AtomicInteger runs = new AtomicInteger();

  @Override
  protected List<Tool> tools() {
    return List.of(
        reading(
            Tool.named("read", "Reads.", scoped().require("project_id", "agent_id"), this::show)),
        reading(Tool.named("peek", "Reads anywhere.", scoped(), this::show)),
        Tool.named("write", "Writes.", scoped().require("project_id"), this::show)
            .destructive(false)
            .openWorld(false)
            .tagged("scoped"),
        Tool.named("destroy", "Destroys.", scoped().require("project_id"), this::show)
            .destructive(true)
            .openWorld(false)
            .tagged("scoped"),
        reading(Tool.named("plain", "Knows no project.", Schema.object(), this::show)),
        reading(Tool.named("administer", "Administers.", Schema.object(), this::show))
            .tagged("admin"),
        reading(Tool.named("health", "Tells how it is.", Schema.object(), this::show))
            .tagged("system"),
        reading(Tool.named(
                "theirs",
                "Has a project id of its own.",
                Schema.object().text("project_id", "Of another system"),
                this::show))
            .tagged("unscoped"));
  }

  private static Schema scoped() {
    return Schema.object()
        .text("project_id", "The project")
        .text("agent_id", "The agent")
        .text("word", "Any");
  }

  private static Tool reading(Tool tool) {
    return tool.readOnly().openWorld(false).tagged("scoped");
  }

  private Future<ToolResult> show(ToolCall call) {
    runs.incrementAndGet();
    return Future.succeededFuture(ToolResult.of(new JsonObject()
        .put("shown", "what is in " + call.text("project_id"))
        .put("agent", call.text("agent_id"))
        .put("word", call.text("word"))));
  }
}
