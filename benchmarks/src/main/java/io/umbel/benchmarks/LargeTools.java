package io.umbel.benchmarks;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import java.util.List;

/** A tool with a large answer, as those that return files or pages have. */
public final class LargeTools extends ToolVerticle {

  /** How much it answers. */
  static final int BYTES = 64 * 1024;

  /** What it answers behind the text it was given: words, since nobody's file is all one letter. */
  static final String FILLER = "The quick brown fox jumps over it. ".repeat(BYTES / 35);

  @Override
  protected List<Tool> tools() {
    var input = Schema.object().text("message", "What to begin with").require("message");
    return List.of(
        Tool.named("large", "Answer with 64 KiB of text.", input, this::large).readOnly());
  }

  private Future<ToolResult> large(ToolCall call) {
    return Future.succeededFuture(ToolResult.text(call.text("message") + ": " + FILLER));
  }
}
