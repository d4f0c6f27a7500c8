package io.umbel.registry;

import io.umbel.contract.Announcement.Instance;
import io.umbel.registry.owner.Ownership;
import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Servers;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * What a registry is made of.
 *
 * @param servers which there are
 * @param definitions what they offer
 * @param upstreams the ways to them
 * @param ownership who looks after which
 * @param builtIn names of the tools that are no server's
 * @param close ends all of this
 */
record Parts(
    Servers servers,
    Definitions definitions,
    Upstreams upstreams,
    Ownership ownership,
    Supplier<Collection<String>> builtIn,
    Supplier<Future<Void>> close) {

  /** Puts them together for one instance, on its thread. */
  @FunctionalInterface
  interface Maker {
    Future<Parts> make(Vertx vertx, RegistrySettings settings, Instance self);
  }
}
