package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One prompt of a {@link ToolVerticle}. Immutable; each method returns another prompt.
 *
 * @param definition the MCP {@code Prompt} object
 * @param function writes the messages
 * @param completions by argument: what a value may be, given its beginning
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Prompts</a>
 */
public record Prompt(
    JsonObject definition,
    Function<PromptCall, Future<PromptResult>> function,
    Map<String, Completion> completions) {

  /** A prompt without arguments. */
  public static Prompt named(
      String name, String description, Function<PromptCall, Future<PromptResult>> function) {
    var definition = new JsonObject().put("name", name).put("description", description);
    return new Prompt(definition, function, Map.of());
  }

  /** The name it is asked for by. */
  public String name() {
    return definition.getString("name");
  }

  /** With one more argument, a text. */
  public Prompt argument(String name, String description, boolean required) {
    var argument = new JsonObject()
        .put("name", name)
        .put("description", description)
        .put("required", required);
    var arguments = definition.getJsonArray("arguments", new JsonArray()).copy().add(argument);
    return with("arguments", arguments);
  }

  /** Says what an argument may be. */
  public Prompt completing(String argument, Completion completion) {
    var more = new LinkedHashMap<>(completions);
    more.put(argument, completion);
    return new Prompt(definition, function, more);
  }

  /** Any other member of the MCP definition, as in {@code title}, {@code icons}, {@code _meta}. */
  public Prompt with(String member, Object value) {
    return new Prompt(definition.copy().put(member, value), function, completions);
  }

  /** The names of the arguments that must be there. */
  List<String> required() {
    return definition.getJsonArray("arguments", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(argument -> argument.getBoolean("required", false))
        .map(argument -> argument.getString("name"))
        .toList();
  }
}
