package io.umbel.contract;

import io.vertx.core.json.JsonObject;

/** One request for a prompt. */
public final class PromptCall extends Asking {

  private final JsonObject arguments;

  PromptCall(Conversation conversation, JsonObject arguments) {
    super(conversation);
    this.arguments = arguments;
  }

  /** An argument, or null. */
  public String text(String name) {
    return arguments.getString(name);
  }
}
