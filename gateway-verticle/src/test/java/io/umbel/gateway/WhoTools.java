package io.umbel.gateway;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A tool that says on whose behalf it was called, whatever its arguments say. */
public final class WhoTools extends ToolVerticle {

  @Override
  protected List<Tool> tools() {
    var anything = Schema.object()
        .property("token", new JsonObject())
        .property("account_id", new JsonObject())
        .property("agent", new JsonObject());
    return List.of(Tool.named("who", "Says who calls.", anything, WhoTools::who).readOnly());
  }

  private static Future<ToolResult> who(ToolCall call) {
    var caller = call.caller();
    var told = JsonObject.of("account", caller.account(), "subject", caller.subject())
        .put("project", caller.project())
        .put("agent", caller.agent())
        .put("scopes", new JsonArray(List.copyOf(caller.scopes())))
        .put("tools", array(caller.reach().tools()))
        .put("projects", array(caller.reach().projects()));
    return Future.succeededFuture(ToolResult.of(told));
  }

  private static JsonArray array(java.util.Set<String> texts) {
    return texts == null ? null : new JsonArray(List.copyOf(texts));
  }
}
