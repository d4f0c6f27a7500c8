package io.umbel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The messages of a prompt. */
public final class PromptResult {

  private final JsonObject json = new JsonObject();
  private final JsonArray messages = new JsonArray();

  private PromptResult() {
    json.put("messages", messages);
  }

  /** A prompt that says that, and nothing yet. */
  public static PromptResult described(String description) {
    var result = new PromptResult();
    result.json.put("description", description);
    return result;
  }

  /** A text the user says. */
  public PromptResult user(String text) {
    return message("user", Content.text(text));
  }

  /** Anything that role says; {@link Content} makes what it can be. */
  public PromptResult message(String role, JsonObject content) {
    messages.add(new JsonObject().put("role", role).put("content", content));
    return this;
  }

  Outcome.Result toOutcome() {
    return new Outcome.Result(JsonBytes.of(json), null, null);
  }
}
