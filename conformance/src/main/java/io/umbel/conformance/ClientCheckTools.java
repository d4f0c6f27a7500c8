package io.umbel.conformance;

import io.umbel.contract.Resource;
import io.umbel.contract.ResourceContents;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The provider {@code client-check}: what {@code clients/run} needs beyond what the suite asks for.
 */
public final class ClientCheckTools extends ToolVerticle {

  private static final String TOUCHED = "check://touched";
  private static final long LONG_MILLIS = 20_000;

  private int givenUp;

  @Override
  protected List<Tool> tools() {
    var nothing = Schema.object();
    var count = Schema.object().integer("count", "How many").require("count");
    return List.of(
        Tool.named("check_touch", "Says that a resource has changed.", nothing, this::touch),
        Tool.named("check_wait", "Takes its time.", nothing, this::waitLong),
        Tool.named("check_given_up", "Counts the calls that were given up.", nothing, this::count)
            .returns(count)
            .readOnly());
  }

  @Override
  protected List<Resource> resources() {
    return List.of(Resource.at(
        TOUCHED,
        "touched",
        call -> Future.succeededFuture(
            List.of(ResourceContents.text(TOUCHED, "text/plain", "Touched or not")))));
  }

  private Future<ToolResult> touch(ToolCall call) {
    resourceChanged(TOUCHED, null);
    return Future.succeededFuture(ToolResult.text("Touched."));
  }

  /** Tells of its progress first, so that the client knows that it has begun. */
  private Future<ToolResult> waitLong(ToolCall call) {
    call.progress(1, 2, "Waiting");
    call.cancelled().onSuccess(gone -> givenUp++);
    return vertx.timer(LONG_MILLIS).map(waited -> ToolResult.text("Nobody gave it up."));
  }

  private Future<ToolResult> count(ToolCall call) {
    return Future.succeededFuture(ToolResult.of(new JsonObject().put("count", givenUp)));
  }
}
