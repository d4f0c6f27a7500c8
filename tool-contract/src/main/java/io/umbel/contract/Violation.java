package io.umbel.contract;

import io.vertx.core.json.JsonObject;

/**
 * One way in which a JSON value breaks its schema.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole value
 * @param message what was expected there
 */
public record Violation(String pointer, String message) {

  JsonObject toJson() {
    return new JsonObject().put("pointer", pointer).put("message", message);
  }

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "/" : pointer) + ": " + message;
  }
}
