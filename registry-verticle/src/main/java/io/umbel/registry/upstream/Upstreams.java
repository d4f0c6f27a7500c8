package io.umbel.registry.upstream;

import io.umbel.registry.server.Server;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Opens ways to servers. */
public interface Upstreams {

  /**
   * Connects: probes the era where it is not known, and opens the session where there is one.
   *
   * @param capabilities what to declare as the client: those of the caller, as far as they can be
   *     carried
   * @param wanted of the caller's client: what it cannot do in the other era, the server may do in
   *     this one; no more than a wish, since few servers speak both
   * @return fails with {@link UpstreamFailure}
   */
  Future<Upstream> open(Server server, JsonObject capabilities, Era wanted);

  /** Connects without a session where the server needs none. */
  default Future<Upstream> open(Server server, JsonObject capabilities) {
    return open(server, capabilities, Era.STATELESS);
  }
}
