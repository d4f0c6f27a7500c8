package io.umbel.contract;

import io.vertx.core.Future;
import java.util.List;

/** Two tools of one name. */
final class TwinTools extends ToolVerticle {

  @Override
  protected List<Tool> tools() {
    return List.of(twin(), twin());
  }

  private static Tool twin() {
    return Tool.named(
        "twin",
        "One of two.",
        Schema.object(),
        call -> Future.succeededFuture(ToolResult.text("which?")));
  }
}
