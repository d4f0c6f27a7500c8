package io.umbel.registry.manage;

import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether a server answers. What goes wrong is the server's standing, not a failure. */
final class Trial {

  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
  private static final long PATIENCE_MILLIS = 10_000;

  private final Operations operations;
  private final Definitions definitions;
  private final Clock clock;

  Trial(Operations operations, Definitions definitions, Clock clock) {
    this.operations = operations;
    this.definitions = definitions;
    this.clock = clock;
  }

  /** How the server does. */
  Future<Standing> of(Server server) {
    if (!server.policy().active()) {
      return Future.succeededFuture(Standing.UNKNOWN);
    }
    var patience = Math.min(PATIENCE_MILLIS, server.policy().limits().timeout().toMillis());
    return operations
        .test(server)
        .timeout(patience, TimeUnit.MILLISECONDS)
        .map(facts -> new Standing(true, null, null, clock.instant(), facts))
        .otherwise(why -> isStarting(server, why)
            ? Standing.UNKNOWN.starting(clock.instant())
            : new Standing(false, reason(why), null, clock.instant(), new JsonObject()));
  }

  /** A process may have to be fetched before it runs: whoever looks after it waits for it. */
  static boolean isStarting(Server server, Throwable why) {
    return why instanceof UpstreamFailure failure
        ? failure.reason() == UpstreamFailure.Reason.STARTING
        : why instanceof TimeoutException && server.endpoint() instanceof Endpoint.Stdio;
  }

  /** Finds out what it offers, and waits for that only so long; never fails. */
  Future<Void> scan(Server server) {
    return operations
        .scan(server)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Puts that down as its standing, unless more is known of one that was starting. */
  Future<Void> note(Server server, Standing standing) {
    return definitions
        .standing(server.key())
        .compose(known -> standing.isStarting() && known != null && known.checkedAt() != null
            ? Future.succeededFuture()
            : definitions.stands(server.key(), standing));
  }

  /** In words for the server's owner. */
  static String reason(Throwable why) {
    if (why instanceof UpstreamFailure failure) {
      return failure.getMessage();
    }
    if (why instanceof TimeoutException) {
      return "It did not answer in time";
    }
    LOG.warn("A server could not be tried", why);
    return "It could not be tried";
  }
}
