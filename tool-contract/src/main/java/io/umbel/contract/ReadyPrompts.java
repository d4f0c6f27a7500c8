package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The prompts of a provider: checks that what is required is there, and asks for the messages. */
final class ReadyPrompts {

  private final Map<String, Prompt> prompts = new LinkedHashMap<>();

  void add(Prompt prompt) {
    if (prompts.put(prompt.name(), prompt) != null) {
      throw new IllegalArgumentException("There are two prompts named " + prompt.name());
    }
  }

  void remove(String name) {
    prompts.remove(name);
  }

  List<JsonObject> offers() {
    return prompts.values().stream().map(Prompt::definition).toList();
  }

  Future<Outcome> get(Conversation conversation) {
    var name = conversation.call().target().name();
    var prompt = prompts.get(name);
    if (prompt == null) {
      return refused("Unknown prompt: " + name);
    }
    var params = conversation.call().params().toJsonObject();
    var arguments = params.getJsonObject("arguments", new JsonObject());
    for (var required : prompt.required()) {
      if (!(arguments.getValue(required) instanceof String)) {
        return refused("The prompt " + name + " needs the argument \"" + required + "\", a string");
      }
    }
    return prompt
        .function()
        .apply(new PromptCall(conversation, arguments))
        .map(PromptResult::toOutcome);
  }

  /** What an argument of that prompt may be, or null where that is not known. */
  Completion completion(String prompt, String argument) {
    var known = prompts.get(prompt);
    return known == null ? null : known.completions().get(argument);
  }

  boolean has(String prompt) {
    return prompts.containsKey(prompt);
  }

  private static Future<Outcome> refused(String why) {
    return Future.succeededFuture(new Outcome.ProtocolError(-32602, why, null));
  }
}
