package io.umbel.gateway.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Whether the client has given its request up. */
public final class Cancellation {

  private final Promise<Void> promise = Promise.promise();

  /** The client gave it up; nobody waits for the answer. */
  public void cancel() {
    promise.tryComplete();
  }

  /** Completes if the client gives the request up. */
  public Future<Void> whenCancelled() {
    return promise.future();
  }

  public boolean isCancelled() {
    return promise.future().isComplete();
  }
}
