package io.umbel.gateway.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/**
 * Checks signatures: quick ones at once, slow ones on threads of their own. Of these only so many
 * wait, so that a flood of forged tokens keeps nobody but its like waiting.
 */
final class SignatureCheck {

  private static final int THREADS = 2;
  private static final int MOST_WAITING = 1_024;

  private final WorkerExecutor threads;
  private int waiting;

  SignatureCheck(Vertx vertx) {
    this.threads = vertx.createSharedWorkerExecutor("umbel-tokens", THREADS);
  }

  /** Whether one of these keys has signed it; fails with {@link Unjudged} where too many wait. */
  Future<Boolean> isSigned(Jwt token, List<VerificationKey> keys) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(false);
    }
    if (!token.algorithm().isSlow()) {
      return Future.succeededFuture(by(token, keys));
    }
    if (waiting >= MOST_WAITING) {
      return Future.failedFuture(new Unjudged("too many tokens wait to be checked"));
    }
    waiting++;
    return threads.executeBlocking(() -> by(token, keys), false).onComplete(done -> waiting--);
  }

  void close() {
    threads.close();
  }

  private static boolean by(Jwt token, List<VerificationKey> keys) {
    return keys.stream().anyMatch(key -> key.hasSigned(token));
  }
}
