package io.umbel.registry.upstream.stdio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.shareddata.SharedData;
import java.time.Duration;
import java.util.UUID;

/**
 * The right to run a server's process, of which there is one in the cluster: while ownership moves,
 * two instances may each take the server for its own. A node that is killed gives it back.
 */
final class ServerLock {

  /** One attempt: the wait in a cluster takes a worker thread. */
  private static final long TRY_MILLIS = 500;

  private ServerLock() {}

  /** Fails if somebody else has it all the while. */
  static Future<Runnable> take(Vertx vertx, UUID server, Duration patience) {
    var name = "umbel.registry.stdio." + server;
    var shared = vertx.sharedData();
    // Within a process first: the cluster's does not tell two threads of a pool apart.
    return shared.getLocalLockWithTimeout(name, patience.toMillis()).compose(local -> {
      if (!vertx.isClustered()) {
        return Future.succeededFuture(local::release);
      }
      return clustered(shared, name, System.nanoTime() + patience.toNanos())
          .<Runnable>map(lock -> () -> {
            lock.release();
            local.release();
          })
          .onFailure(taken -> local.release());
    });
  }

  private static Future<Lock> clustered(SharedData shared, String name, long until) {
    return shared
        .getLockWithTimeout(name, TRY_MILLIS)
        .recover(taken -> System.nanoTime() < until
            ? clustered(shared, name, until)
            : Future.failedFuture(taken));
  }
}
