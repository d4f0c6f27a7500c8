package io.umbel.registry.upstream.stdio;

import io.umbel.registry.owner.Ownership;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.Upstreams;
import io.umbel.registry.upstream.rpc.Crossings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ways to servers that are processes: one each in the cluster, at the instance that owns it,
 * whatever number of accounts and clients use it.
 *
 * <p>Belongs to one registry verticle and is used on its thread only.
 */
public final class StdioUpstreams implements Upstreams {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final StdioSettings settings;
  private final Ownership ownership;
  private final Runnable crossed;
  private final Map<UUID, Keeper> keepers = new HashMap<>();

  /**
   * None runs yet.
   *
   * @param crossed runs each time that a server asks something, and it cannot be told which of its
   *     calls that is about
   */
  public StdioUpstreams(
      Vertx vertx, StdioSettings settings, Ownership ownership, Runnable crossed) {
    this.vertx = vertx;
    this.settings = settings;
    this.ownership = ownership;
    this.crossed = crossed;
    ownership.onChange(this::giveAway);
  }

  /** One process serves everybody, so it is spoken with in one era, whatever is wanted. */
  @Override
  public Future<Upstream> open(Server server, JsonObject capabilities, Era wanted) {
    if (!(server.endpoint() instanceof Endpoint.Stdio)) {
      throw new IllegalArgumentException(server.namespace() + " is no process");
    }
    var refused = settings.allowance().refusal(server);
    if (refused.isPresent()) {
      return Future.failedFuture(new UpstreamFailure(Reason.FORBIDDEN, refused.get(), false));
    }
    if (!ownership.isMine(server.key().id())) {
      return Future.failedFuture(new UpstreamFailure(
          Reason.UNREACHABLE, "Another node runs this server; try again shortly", false));
    }
    return keepers
        .computeIfAbsent(server.key().id(), unknown -> keeper(server))
        .open(server, capabilities);
  }

  /**
   * Ends the process of a server that is no more, or that is to begin anew, and forgets how often
   * it failed. Completes once it has ended.
   */
  public Future<Void> stop(UUID server) {
    var keeper = keepers.remove(server);
    return keeper == null
        ? Future.succeededFuture()
        : keeper.retire("The server was stopped", GRACE);
  }

  /** The same of one that runs. One that is starting goes on: it could be no newer. */
  public Future<Void> restart(UUID server) {
    var keeper = keepers.get(server);
    return keeper == null || keeper.isStarting() ? Future.succeededFuture() : stop(server);
  }

  /** Ends them all. */
  public Future<Void> close() {
    return Future.join(keepers.values().stream()
            .map(keeper -> keeper.retire("This node stops", Duration.ZERO))
            .toList())
        .mapEmpty();
  }

  private Keeper keeper(Server server) {
    var starter = new Starter(vertx, settings, new Crossings(crossed));
    return new Keeper(vertx, server, starter, settings.times().idle());
  }

  private void giveAway() {
    for (var server : List.copyOf(keepers.keySet())) {
      if (!ownership.isMine(server)) {
        keepers.get(server).retire("Another node runs this server now", GRACE);
      }
    }
  }
}
