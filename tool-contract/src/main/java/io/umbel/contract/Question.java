package io.umbel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Something only the client can answer: a form or a page for its user, a completion by its model,
 * or where its roots are.
 *
 * @param method the MCP method of it, as in {@code elicitation/create}
 * @param params of that method
 * @param capability what the client must have declared, as MCP's {@code ClientCapabilities} object
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation">
 *     Elicitation</a>
 */
public record Question(String method, JsonObject params, JsonObject capability) {

  /** A form of flat fields. The answer: {@code {action, content?}}. */
  public static Question form(String message, JsonObject requestedSchema) {
    var params = new JsonObject()
        .put("mode", "form")
        .put("message", message)
        .put("requestedSchema", requestedSchema);
    return new Question("elicitation/create", params, needs("elicitation"));
  }

  /**
   * A page for the user to visit, for what must not pass the model. The answer: {@code {action}}.
   */
  public static Question page(String message, String url) {
    var params = new JsonObject().put("mode", "url").put("message", message).put("url", url);
    return new Question("elicitation/create", params, needs("elicitation", "url"));
  }

  /** One completion by the client's model of one user message. */
  public static Question sample(String prompt, int maxTokens) {
    var content = new JsonObject().put("type", "text").put("text", prompt);
    var message = new JsonObject().put("role", "user").put("content", content);
    return sampling(
        new JsonObject().put("messages", new JsonArray().add(message)).put("maxTokens", maxTokens));
  }

  /** A completion by the client's model, with all that {@code sampling/createMessage} takes. */
  public static Question sampling(JsonObject params) {
    return new Question("sampling/createMessage", params, needs("sampling"));
  }

  /** The client's roots. The answer: {@code {roots: [{uri, name?}]}}. */
  public static Question roots() {
    return new Question("roots/list", new JsonObject(), needs("roots"));
  }

  /**
   * A question as somebody else put it, for a client with the capability that it takes.
   *
   * @throws IllegalArgumentException if clients are not asked that
   */
  public static Question of(String method, JsonObject params) {
    return switch (String.valueOf(method)) {
      case "elicitation/create" ->
        new Question(
            method,
            params,
            needs("elicitation", "url".equals(params.getValue("mode")) ? "url" : null));
      case "sampling/createMessage" ->
        new Question(
            method, params, needs("sampling", params.containsKey("tools") ? "tools" : null));
      case "roots/list" -> new Question(method, params, needs("roots"));
      default -> throw new IllegalArgumentException("No client is asked " + method);
    };
  }

  /** Whether a client with these capabilities can be asked this. */
  public boolean suits(JsonObject capabilities) {
    var name = capability.fieldNames().iterator().next();
    var needed = capability.getJsonObject(name);
    return capabilities.getValue(name) instanceof JsonObject declared
        && declared.fieldNames().containsAll(needed.fieldNames())
        && (!"form".equals(params.getString("mode")) || takesForms(declared));
  }

  /** A client that names no mode takes forms; one that names only others does not. */
  private static boolean takesForms(JsonObject elicitation) {
    return elicitation.containsKey("form") || !elicitation.containsKey("url");
  }

  JsonObject toJson() {
    return new JsonObject().put("method", method).put("params", params);
  }

  private static JsonObject needs(String capability) {
    return needs(capability, null);
  }

  /** @param mode of that capability, or null for what all who have it can do */
  private static JsonObject needs(String capability, String mode) {
    var modes = mode == null ? new JsonObject() : new JsonObject().put(mode, new JsonObject());
    return new JsonObject().put(capability, modes);
  }
}
