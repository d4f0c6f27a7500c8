package io.umbel.conformance.upstream;

import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A client that accepts each form with its defaults, and has no roots. */
final class Answers implements Hearing {

  /** What it declares. */
  static final JsonObject CAPABILITIES = new JsonObject()
      .put("elicitation", new JsonObject().put("form", new JsonObject()))
      .put("sampling", new JsonObject())
      .put("roots", new JsonObject());

  @Override
  public void progress(JsonObject params) {}

  @Override
  public void log(JsonObject params) {}

  @Override
  public Future<Void> cancelled() {
    return Promise.<Void>promise().future();
  }

  @Override
  public Future<JsonObject> asked(String method, JsonObject params) {
    return switch (method) {
      case "elicitation/create" -> Future.succeededFuture(accepted(params));
      case "roots/list" -> Future.succeededFuture(new JsonObject().put("roots", new JsonArray()));
      case "sampling/createMessage" -> Future.succeededFuture(sampled());
      default -> Future.failedFuture(new NoAnswer(-32601, "no " + method));
    };
  }

  private static JsonObject accepted(JsonObject params) {
    var content = new JsonObject();
    var schema = params.getJsonObject("requestedSchema", new JsonObject());
    for (var field : schema.getJsonObject("properties", new JsonObject())) {
      if (field.getValue() instanceof JsonObject property && property.containsKey("default")) {
        content.put(field.getKey(), property.getValue("default"));
      } else {
        content.put(field.getKey(), Examples.of((JsonObject) field.getValue()));
      }
    }
    return new JsonObject().put("action", "accept").put("content", content);
  }

  private static JsonObject sampled() {
    return new JsonObject()
        .put("role", "assistant")
        .put("content", new JsonObject().put("type", "text").put("text", "hello"))
        .put("model", "none");
  }
}
