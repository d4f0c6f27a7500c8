package io.umbel.registry.scan;

import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/** Asks for this house itself: there is no user to ask, and nobody to tell. */
final class Nobody implements Hearing {

  private static final Future<Void> NEVER = Promise.<Void>promise().future();

  @Override
  public void progress(JsonObject params) {}

  @Override
  public void log(JsonObject params) {}

  @Override
  public Future<JsonObject> asked(String method, JsonObject params) {
    return Future.failedFuture(new NoAnswer(-32601, "There is no user to ask"));
  }

  @Override
  public Future<Void> cancelled() {
    return NEVER;
  }
}
