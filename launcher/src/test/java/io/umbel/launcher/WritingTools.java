package io.umbel.launcher;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import java.util.List;

/** A tool that may change something, for all that a gateway knows. */
public final class WritingTools extends ToolVerticle {

  @Override
  protected List<Tool> tools() {
    return List.of(Tool.named(
        "write",
        "Says that it did something.",
        Schema.object(),
        call -> Future.succeededFuture(ToolResult.text("Done"))));
  }
}
