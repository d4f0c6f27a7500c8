package io.umbel.gateway;

import io.umbel.contract.Resource;
import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tools that turn to the gateway: they ask what their caller may see, and tell where it is. */
public final class AskingTools extends ToolVerticle {

  @Override
  protected List<Tool> tools() {
    var query = Schema.object().property("query", new JsonObject());
    return List.of(
        Tool.named("ask", "Asks the catalog.", query, this::ask).tagged("curious"),
        Tool.named("where", "Tells the gateway's address.", Schema.object(), AskingTools::where));
  }

  @Override
  protected List<Resource> resources() {
    return List.of(Resource.at("ask://note", "note", call -> Future.succeededFuture(List.of())));
  }

  private Future<ToolResult> ask(ToolCall call) {
    return askCatalog(call.origin(), call.arguments().getJsonObject("query")).map(ToolResult::of);
  }

  private static Future<ToolResult> where(ToolCall call) {
    return Future.succeededFuture(ToolResult.text(call.origin().trail().gateway()));
  }
}
