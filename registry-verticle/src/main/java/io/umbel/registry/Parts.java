package io.umbel.registry;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Caller;
import io.umbel.registry.manage.Operations;
import io.umbel.registry.owner.Ownership;
import io.umbel.registry.scan.Scanner;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * What a registry is made of.
 *
 * @param known which servers there are, what they offer, and whom else there is
 * @param upstreams the ways to them
 * @param ownership who looks after which
 * @param desk answers the REST API
 * @param ends ends all of this
 */
record Parts(Scanner.Known known, Upstreams upstreams, Ownership ownership, Desk desk, Ends ends) {

  /** Puts them together for one instance, on its thread. */
  @FunctionalInterface
  interface Maker {
    Future<Parts> make(Vertx vertx, RegistrySettings settings, Instance self);
  }

  /** Answers the REST API. */
  @FunctionalInterface
  interface Desk {
    Future<JsonObject> answer(Operations operations, Caller caller, JsonObject request);
  }

  /** What has to be ended. */
  interface Ends {
    /** What runs for that server, if anything does. */
    Future<Void> stop(UUID server);

    /**
     * The same, to begin anew; a process that is starting goes on, since that is what is wanted.
     */
    default Future<Void> restart(UUID server) {
      return stop(server);
    }

    /** Everything. */
    Future<Void> close();
  }
}
