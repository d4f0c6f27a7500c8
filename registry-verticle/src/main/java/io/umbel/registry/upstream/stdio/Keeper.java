package io.umbel.registry.upstream.stdio;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server's process: started when it is first needed, again when it ended though it was
 * used, and ended when nobody uses it, it is another one, or another node is to run it.
 */
final class Keeper {

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration HAND_OVER = Duration.ofSeconds(25);
  private static final long SHORT_WAIT_MILLIS = 2_000;

  private final Vertx vertx;
  private final Duration idle;
  private final Starter starter;
  private final Restarts restarts = new Restarts(System::nanoTime);
  private Server server;
  private Future<Running> running;
  private Future<Void> stopped = Future.succeededFuture();
  private Promise<Void> calledOff = Promise.promise();
  private boolean starting;
  private String lastEnd = "";
  private boolean retired;
  private long idleSince;

  Keeper(Vertx vertx, Server server, Starter starter, Duration idle) {
    this.vertx = vertx;
    this.server = server;
    this.starter = starter;
    this.idle = idle;
  }

  /** A way to the process, which is started where it does not run. */
  Future<Upstream> open(Server wanted, JsonObject capabilities) {
    if (wanted.version() > server.version()) {
      retire("The server is set up otherwise now", GRACE);
      server = wanted;
      restarts.forget();
      starter.forget();
    }
    retired = false;
    if (running == null && restarts.pause().toMillis() > SHORT_WAIT_MILLIS) {
      return Future.failedFuture(resting());
    }
    return run().map(now -> now.join(capabilities));
  }

  /** Whether it has not told of itself yet. */
  boolean isStarting() {
    return starting;
  }

  /** Ends the process, after those requests that are under way, and forgets its failures. */
  Future<Void> retire(String why, Duration grace) {
    retired = true;
    restarts.forget();
    calledOff.tryComplete();
    var ending = running;
    running = null;
    if (ending != null && (starting || ending.succeeded())) {
      var failure = new UpstreamFailure(Reason.UNREACHABLE, why, false);
      stopped = ending
          .compose(now -> now.stop(failure, grace))
          .recover(neverStarted -> Future.succeededFuture());
    }
    return stopped;
  }

  private Future<Running> run() {
    if (running == null) {
      var begun = begin();
      running = begun;
      begun.onFailure(why -> {
        if (running == begun) {
          running = null;
        }
      });
    }
    return running;
  }

  private Future<Running> begin() {
    var off = Promise.<Void>promise();
    calledOff = off;
    var pause = restarts.pause().toMillis();
    var waited = pause == 0 ? Future.succeededFuture() : vertx.timer(pause);
    return waited
        .compose(ready -> stopped)
        .compose(ready -> off.future().isComplete()
            ? Keeper.<Runnable>notWanted()
            : ServerLock.take(vertx, server.key().id(), HAND_OVER).recover(Keeper::taken))
        .compose(unlock -> start(unlock, off.future()));
  }

  private Future<Running> start(Runnable unlock, Future<Void> off) {
    if (off.isComplete()) {
      unlock.run();
      return notWanted();
    }
    starting = true;
    return starter
        .start(server, this::unused, off)
        .onComplete(done -> starting = false)
        .onSuccess(now -> {
          unused();
          now.ended().onSuccess(status -> {
            unlock.run();
            ended(now, status);
          });
        })
        .onFailure(why -> {
          unlock.run();
          if (!off.isComplete()) {
            restarts.ended();
            lastEnd = why.getMessage();
          }
        });
  }

  private void ended(Running over, int status) {
    if (running == null || running.result() != over) {
      return; // it was to
    }
    running = null;
    restarts.ended();
    lastEnd = Ends.text(status);
    LOG.atWarn()
        .addKeyValue("mcp_server_id", server.key().id())
        .log("{}: {}", server.namespace(), lastEnd);
    if (over.isUsed()) {
      again();
    }
  }

  /** Whoever used it will come back for it. */
  private void again() {
    if (!retired && running == null && !restarts.isSpent()) {
      run().onFailure(why -> again());
    }
  }

  /** Nobody uses it yet, or any longer. */
  private void unused() {
    idleSince = System.nanoTime();
    var since = idleSince;
    vertx.setTimer(idle.toMillis(), rung -> {
      var now = running == null ? null : running.result();
      if (now != null && !now.isUsed() && idleSince == since) {
        retire("The server was not used", GRACE);
      }
    });
  }

  private UpstreamFailure resting() {
    var seconds = restarts.pause().toSeconds() + 1;
    var text = restarts.isSpent()
        ? "%s. It was started again five times within five minutes; the next time is in %d s"
        : "%s. It is started again in %d s";
    return new UpstreamFailure(
        Reason.UNREACHABLE, text.formatted(lastEnd, seconds), false, seconds * 1000);
  }

  /** Whoever wanted it was told otherwise while it was not running yet. */
  private static <T> Future<T> notWanted() {
    return Future.failedFuture(
        new UpstreamFailure(Reason.UNREACHABLE, "The server was stopped", false));
  }

  private static Future<Runnable> taken(Throwable why) {
    return Future.failedFuture(new UpstreamFailure(
        Reason.UNREACHABLE, "Another node still runs this server; try again shortly", false));
  }
}
