package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * {@code completion/complete} for the prompts and templates of a provider.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/completion">
 *     Completion</a>
 */
final class Completions {

  private static final int MOST = 100;

  private final ReadyPrompts prompts;
  private final ReadyResources resources;

  Completions(ReadyPrompts prompts, ReadyResources resources) {
    this.prompts = prompts;
    this.resources = resources;
  }

  Future<Outcome> complete(Conversation conversation) {
    var params = conversation.call().params().toJsonObject();
    var ref = params.getJsonObject("ref", new JsonObject());
    var argument = params.getJsonObject("argument", new JsonObject());
    var name = argument.getString("name");
    var isPrompt = "ref/prompt".equals(ref.getString("type"));
    var of = ref.getString(isPrompt ? "name" : "uri");
    if (name == null || !(isPrompt ? prompts.has(of) : resources.has(of))) {
      var why = "There is nothing to complete for " + of;
      return Future.succeededFuture(new Outcome.ProtocolError(-32602, why, null));
    }
    var completion = isPrompt ? prompts.completion(of, name) : resources.completion(of, name);
    var others = params.getJsonObject("context", new JsonObject()).getJsonObject("arguments");
    return completion == null
        ? Future.succeededFuture(values(List.of()))
        : completion
            .complete(argument.getString("value", ""), others == null ? new JsonObject() : others)
            .map(Completions::values);
  }

  private static Outcome values(List<String> all) {
    var some = all.subList(0, Math.min(MOST, all.size()));
    var completion = new JsonObject()
        .put("values", new JsonArray(some))
        .put("total", all.size())
        .put("hasMore", all.size() > some.size());
    return new Outcome.Result(
        new JsonObject().put("completion", completion).toBuffer(), null, null);
  }
}
